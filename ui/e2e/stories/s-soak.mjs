// Long visits, shortened; `make soak` makes them long.
import { abortedQueries, lostDevices, manyQueries, typedQueries } from '../soak.mjs';

export const stories = {
  'some hundred queries leave memory as it is': (v, { site, note }) => manyQueries(site, 600, note),
  'a hundred typed queries leave memory as it is': (v, { site, note }) => typedQueries(site, 100, note),
  'aborted queries leave nothing behind': (v, { site, note }) => abortedQueries(site, 200, note),
  'devices that are lost in the middle of a query': (v, { site, note }) => lostDevices(site, 3, note),
};
