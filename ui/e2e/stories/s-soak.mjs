// Long visits, shortened; `make soak` makes them long.
import { abortedQueries, lostDevices, manyQueries, typedQueries } from '../soak.mjs';

const slack = 8e6; // what so few queries may differ by, in bytes

export const stories = {
  'some hundred queries leave memory as it is': (v, { site, note }) => manyQueries(site, 600, note, slack),
  'a hundred typed queries leave memory as it is': (v, { site, note }) => typedQueries(site, 100, note, slack),
  'aborted queries leave nothing behind': (v, { site, note }) => abortedQueries(site, 200, note, slack),
  'devices that are lost in the middle of a query': (v, { site, note }) => lostDevices(site, 3, note),
};
