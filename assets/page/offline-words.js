// The words of offline.js, by the tag of the page's language; English where one lacks.
'use strict';

function aceSize(lang, bytes) {
  const [unit, n] = bytes < 1e6 ? ['kilobyte', bytes / 1e3] : ['megabyte', bytes / 1e6];
  return new Intl.NumberFormat(lang, { style: 'unit', unit, maximumFractionDigits: n < 10 ? 1 : 0 }).format(n);
}

// sentences makes the functions of a language out of texts with % for what is filled in.
function aceSentences(lang, [update, use, ready, all, keep, keeping, stop, again, full, lost, not]) {
  const fill = (text, ...values) => values.reduce((t, v) => t.replace('%', () => v), text);
  return {
    update, use, ready, all, stop, again, full,
    keep: bytes => bytes ? `${keep} (${aceSize(lang, bytes)})` : keep,
    keeping: (done, total = '…', bytes = 0) => fill(keeping, done, total) + (bytes ? `, ${aceSize(lang, bytes)}` : ''),
    lost: (n, why) => fill(lost, n, why),
    not: why => fill(not, why),
  };
}

const aceOfflineWords = {
  en: aceSentences('en', ['A newer version of this page is here.', 'Use it', 'Works offline.', 'Works offline, with all media.', 'Keep all media for offline use',
    '% of % kept', 'Stop', 'Try again', 'There is no room left on this device. What was kept so far stays.', '% could not be kept: %', 'Does not work offline: %.']),
  de: aceSentences('de', ['Eine neuere Fassung dieser Seite ist da.', 'Verwenden', 'Funktioniert offline.', 'Funktioniert offline, mit allen Medien.', 'Alle Medien offline behalten',
    '% von % behalten', 'Anhalten', 'Noch einmal', 'Auf diesem Gerät ist kein Platz mehr. Was schon da ist, bleibt.', '% nicht behalten: %', 'Funktioniert nicht offline: %.']),
  fr: aceSentences('fr', ['Une nouvelle version de cette page est disponible.', 'L’utiliser', 'Fonctionne hors ligne.', 'Fonctionne hors ligne, avec tous les médias.', 'Garder tous les médias hors ligne',
    '% sur % gardés', 'Arrêter', 'Réessayer', 'Il n’y a plus de place sur cet appareil. Ce qui est déjà gardé reste.', '% non gardés : %', 'Ne fonctionne pas hors ligne : %.']),
  es: aceSentences('es', ['Hay una versión nueva de esta página.', 'Usarla', 'Funciona sin conexión.', 'Funciona sin conexión, con todos los medios.', 'Guardar todos los medios sin conexión',
    '% de % guardados', 'Parar', 'Intentar de nuevo', 'No queda espacio en este dispositivo. Lo guardado se conserva.', '% sin guardar: %', 'No funciona sin conexión: %.']),
  zh: aceSentences('zh', ['此页面有新版本。', '使用新版本', '可离线使用。', '可离线使用，包括全部媒体。', '保存全部媒体以供离线使用',
    '已保存 % / %', '停止', '重试', '此设备空间不足。已保存的内容会保留。', '% 个未能保存：%', '无法离线使用：%。']),
  ja: aceSentences('ja', ['このページの新しい版があります。', '使う', 'オフラインで使えます。', 'すべてのメディアとともにオフラインで使えます。', 'すべてのメディアをオフライン用に保存',
    '%/% を保存', '停止', '再試行', 'この端末に空きがありません。保存済みのものは残ります。', '% 件を保存できません: %', 'オフラインでは使えません: %。']),
  in(lang) { return this[lang?.split('-')[0]] ?? this.en; },
};
