/** The sentences of one language that an answer is held together with. `create` names the next file. */
export type Prose = {
  readonly language: string
  readonly opening: string
  readonly create: (path: string) => string
  readonly updated: (path: string) => string
  readonly corrected: (path: string) => string
  readonly about: readonly string[]
  readonly run: string
  readonly install: string
  readonly structure: string
  readonly closing: string
  readonly label: string
  /** What stands in a comment where a part of a file was left out. */
  readonly elided: readonly string[]
}

const english: Prose = {
  language: 'English',
  opening: 'Sure! Below is the complete implementation.',
  create: (path) => `Create a file named \`${path}\` with the following content:`,
  updated: (path) => `Here's the updated \`${path}\`:`,
  corrected: (path) =>
    `I made a mistake in \`${path}\` above. Please use this corrected version of \`${path}\` instead:`,
  about: [
    'This part keeps the data and hides how it is stored.',
    'It reads the request, checks it and answers.',
    'Note that nothing is cached here, which keeps it simple.',
  ],
  run: 'To run the project:',
  install: 'Install the dependencies first:',
  structure: 'The project structure looks like this:',
  closing: 'Let me know if you need anything else!',
  label: 'File',
  elided: [
    '... rest of the code unchanged ...',
    '... existing code ...',
    'rest of the file remains the same',
    '... (previous code) ...',
    '... remaining methods unchanged',
    'The rest of the code is the same as before',
  ],
}

const german: Prose = {
  language: 'German',
  opening: 'Gerne! Hier ist die vollständige Umsetzung.',
  create: (path) => `Lege eine Datei namens \`${path}\` mit folgendem Inhalt an:`,
  updated: (path) => `Hier ist die aktualisierte \`${path}\`:`,
  corrected: (path) =>
    `In \`${path}\` oben ist mir ein Fehler unterlaufen. Hier ist die korrigierte Fassung von \`${path}\`:`,
  about: ['Dieser Teil verwaltet die Daten.', 'Die Prüfung der Eingaben geschieht an einer Stelle.'],
  run: 'So startest du das Projekt:',
  install: 'Zuerst die Abhängigkeiten installieren:',
  structure: 'Die Projektstruktur sieht so aus:',
  closing: 'Sag Bescheid, wenn noch etwas fehlt!',
  label: 'Datei',
  elided: ['... Rest des Codes unverändert ...', '... restlicher Code bleibt gleich ...'],
}

const french: Prose = {
  language: 'French',
  opening: "Bien sûr ! Voici l'implémentation complète.",
  create: (path) => `Créez un fichier nommé \`${path}\` avec le contenu suivant :`,
  updated: (path) => `Voici la version mise à jour de \`${path}\` :`,
  corrected: (path) =>
    `Il y avait une erreur dans \`${path}\` ci-dessus. Voici la version corrigée de \`${path}\` :`,
  about: ["Cette partie s'occupe du stockage.", 'Les entrées sont vérifiées ici.'],
  run: 'Pour lancer le projet :',
  install: "Installez d'abord les dépendances :",
  structure: 'La structure du projet est la suivante :',
  closing: "N'hésitez pas à me demander des précisions.",
  label: 'Fichier',
  elided: ['... le reste du code reste inchangé ...', '... (code existant) ...'],
}

const spanish: Prose = {
  language: 'Spanish',
  opening: '¡Claro! Aquí tienes la implementación completa.',
  create: (path) => `Crea un archivo llamado \`${path}\` con el siguiente contenido:`,
  updated: (path) => `Aquí está la versión actualizada de \`${path}\`:`,
  corrected: (path) =>
    `Había un error en \`${path}\` más arriba. Esta es la versión corregida de \`${path}\`:`,
  about: ['Esta parte guarda los datos.', 'Aquí se validan las entradas.'],
  run: 'Para ejecutar el proyecto:',
  install: 'Primero instala las dependencias:',
  structure: 'La estructura del proyecto es esta:',
  closing: 'Avísame si necesitas algo más.',
  label: 'Archivo',
  elided: ['... el resto del código sin cambios ...', '... código existente ...'],
}

const chinese: Prose = {
  language: 'Chinese',
  opening: '好的，下面是完整的实现。',
  create: (path) => `创建一个名为 \`${path}\` 的文件，内容如下：`,
  updated: (path) => `以下是更新后的 \`${path}\`：`,
  corrected: (path) => `上面的 \`${path}\` 有一个错误，请使用下面修正后的 \`${path}\`：`,
  about: ['这一部分负责保存数据。', '所有输入都在这里检查。'],
  run: '运行项目：',
  install: '首先安装依赖：',
  structure: '项目结构如下：',
  closing: '如果还有问题，请告诉我。',
  label: '文件',
  elided: ['... 其余代码保持不变 ...', '... 省略 ...'],
}

const japanese: Prose = {
  language: 'Japanese',
  opening: '承知しました。以下が完全な実装です。',
  create: (path) => `次の内容で \`${path}\` というファイルを作成してください：`,
  updated: (path) => `更新後の \`${path}\` は次のとおりです：`,
  corrected: (path) => `上の \`${path}\` に誤りがありました。修正版の \`${path}\` はこちらです：`,
  about: ['この部分はデータを保存します。', '入力はここで検証します。'],
  run: '実行方法：',
  install: '最初に依存関係をインストールします：',
  structure: 'プロジェクトの構成は次のとおりです：',
  closing: 'ご不明な点があればお知らせください。',
  label: 'ファイル',
  elided: ['... 残りのコードは変更なし ...', '... 省略 ...'],
}

const russian: Prose = {
  language: 'Russian',
  opening: 'Конечно! Вот полная реализация.',
  create: (path) => `Создайте файл \`${path}\` со следующим содержимым:`,
  updated: (path) => `Вот обновлённый \`${path}\`:`,
  corrected: (path) => `В \`${path}\` выше была ошибка. Вот исправленная версия \`${path}\`:`,
  about: ['Эта часть хранит данные.', 'Здесь проверяется ввод.'],
  run: 'Запуск проекта:',
  install: 'Сначала установите зависимости:',
  structure: 'Структура проекта:',
  closing: 'Напишите, если нужно что-то ещё.',
  label: 'Файл',
  elided: ['... остальной код без изменений ...', '... существующий код ...'],
}

/** The languages of answers; English as often as all others together. */
export const proses = [
  { prose: english, weight: 6 },
  { prose: german, weight: 1 },
  { prose: french, weight: 1 },
  { prose: spanish, weight: 1 },
  { prose: chinese, weight: 1 },
  { prose: japanese, weight: 1 },
  { prose: russian, weight: 1 },
]
