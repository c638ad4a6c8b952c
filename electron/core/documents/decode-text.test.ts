import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

/** What the encoder of another language made of each text, in base64, and the WHATWG name of the decoder for it. */
const legacyTexts: [title: string, encoding: string, text: string, base64: string][] = [
  [
    'English in windows-1252',
    'windows-1252',
    'The system shall let a member borrow a book. A “member” is anyone with a card – the librarian’s own card counts too. The fee is €2 for each week, and the résumé of every loan is kept for a year…',
    'VGhlIHN5c3RlbSBzaGFsbCBsZXQgYSBtZW1iZXIgYm9ycm93IGEgYm9vay4gQSCTbWVtYmVylCBpcyBhbnlvbmUgd2l0aCBhIGNhcmQgliB0aGUgbGlicmFyaWFuknMgb3duIGNhcmQgY291bnRzIHRvby4gVGhlIGZlZSBpcyCAMiBmb3IgZWFjaCB3ZWVrLCBhbmQgdGhlIHLpc3Vt6SBvZiBldmVyeSBsb2FuIGlzIGtlcHQgZm9yIGEgeWVhcoU=',
  ],
  [
    'French in ISO-8859-1',
    'windows-1252',
    "L'application doit permettre à chaque élève de réserver une salle. Les créneaux déjà passés ne sont pas proposés, et l'administrateur reçoit un récapitulatif à la fin de la journée. Où la réservation échoue, un message clair est affiché.",
    'TCdhcHBsaWNhdGlvbiBkb2l0IHBlcm1ldHRyZSDgIGNoYXF1ZSDpbOh2ZSBkZSBy6XNlcnZlciB1bmUgc2FsbGUuIExlcyBjculuZWF1eCBk6WrgIHBhc3PpcyBuZSBzb250IHBhcyBwcm9wb3PpcywgZXQgbCdhZG1pbmlzdHJhdGV1ciByZedvaXQgdW4gculjYXBpdHVsYXRpZiDgIGxhIGZpbiBkZSBsYSBqb3VybullLiBP+SBsYSBy6XNlcnZhdGlvbiDpY2hvdWUsIHVuIG1lc3NhZ2UgY2xhaXIgZXN0IGFmZmljaOku',
  ],
  [
    'German in windows-1252',
    'windows-1252',
    'Die Anwendung muss es ermöglichen, dass Benutzer ihre Aufträge übersichtlich verwalten. Größere Änderungen müssen vom Büro bestätigt werden, bevor sie gültig sind. Für jede Änderung wird ein Eintrag erzeugt.',
    'RGllIEFud2VuZHVuZyBtdXNzIGVzIGVybfZnbGljaGVuLCBkYXNzIEJlbnV0emVyIGlocmUgQXVmdHLkZ2Ug/GJlcnNpY2h0bGljaCB2ZXJ3YWx0ZW4uIEdy9t9lcmUgxG5kZXJ1bmdlbiBt/HNzZW4gdm9tIEL8cm8gYmVzdOR0aWd0IHdlcmRlbiwgYmV2b3Igc2llIGf8bHRpZyBzaW5kLiBG/HIgamVkZSDEbmRlcnVuZyB3aXJkIGVpbiBFaW50cmFnIGVyemV1Z3Qu',
  ],
  [
    'Polish in ISO-8859-2',
    'iso-8859-2',
    'Aplikacja powinna umożliwiać użytkownikowi założenie konta. Hasło musi mieć co najmniej osiem znaków, a każda próba logowania zostaje zapisana w dzienniku. Następnie użytkownik może zmienić swoje dane.',
    'QXBsaWthY2phIHBvd2lubmEgdW1vv2xpd2lh5iB1v3l0a293bmlrb3dpIHphs2+/ZW5pZSBrb250YS4gSGFzs28gbXVzaSBtaWXmIGNvIG5ham1uaWVqIG9zaWVtIHpuYWvzdywgYSBrYb9kYSBwcvNiYSBsb2dvd2FuaWEgem9zdGFqZSB6YXBpc2FuYSB3IGR6aWVubmlrdS4gTmFzdOpwbmllIHW/eXRrb3duaWsgbW+/ZSB6bWllbmnmIHN3b2plIGRhbmUu',
  ],
  [
    'Czech in windows-1250',
    'windows-1250',
    'Systém musí umožnit uživateli založit účet a změnit své heslo. Každé přihlášení se zapíše do deníku, aby správce mohl zjistit, kdo a kdy se přihlásil. Příliš krátká hesla budou odmítnuta.',
    'U3lzdOltIG11c+0gdW1vnm5pdCB1nml2YXRlbGkgemFsb55pdCD66GV0IGEgem3sbml0IHN26SBoZXNsby4gS2GeZOkgcPhpaGzhmmVu7SBzZSB6YXDtmmUgZG8gZGVu7Wt1LCBhYnkgc3By4XZjZSBtb2hsIHpqaXN0aXQsIGtkbyBhIGtkeSBzZSBw+GlobOFzaWwuIFD47WxpmiBrcuF0a+EgaGVzbGEgYnVkb3Ugb2Rt7XRudXRhLg==',
  ],
  [
    'Russian in windows-1251',
    'windows-1251',
    'Система должна позволять пользователю создавать учётную запись. Пароль содержит не менее восьми символов, и каждая попытка входа записывается в журнал. Администратор получает отчёт в конце каждого дня.',
    '0ejx8uXs4CDk7uvm7eAg7+7n4u7r//L8IO/u6/zn7uLg8uXr/iDx7ufk4OLg8vwg8/e48u3z/iDn4O/o8fwuIM/g8O7r/CDx7uTl8Obo8iDt5SDs5e3l5SDi7vH87Ogg8ejs4u7r7uIsIOgg6uDm5OD/IO/u7/vy6uAg4vXu5OAg5+Dv6PH74uDl8vH/IOIg5vPw7eDrLiDA5Ozo7ejx8vDg8u7wIO/u6/P34OXyIO7y97jyIOIg6u7t9uUg6uDm5O7j7iDk7f8u',
  ],
  [
    'Russian in KOI8-R',
    'koi8-r',
    'Система должна позволять пользователю создавать учётную запись. Пароль содержит не менее восьми символов, и каждая попытка входа записывается в журнал. Администратор получает отчёт в конце каждого дня.',
    '88nT1MXNwSDEz8zWzsEg0M/a18/M0dTYINDPzNjaz9fB1MXMwCDTz9rEwdfB1Ngg1d6j1M7VwCDawdDJ09guIPDB0s/M2CDTz8TF0tbJ1CDOxSDNxc7FxSDXz9PYzckg08nN18/Mz9csIMkgy8HWxMHRINDP0NnUy8Eg18jPxMEg2sHQydPZ18HF1NPRINcg1tXSzsHMLiDhxM3JzsnT1NLB1M/SINDPzNXewcXUIM/U3qPUINcgy8/Ow8Ugy8HWxM/HzyDEztEu',
  ],
  [
    'Russian in ISO-8859-5',
    'iso-8859-5',
    'Система должна позволять пользователю создавать учётную запись. Пароль содержит не менее восьми символов, и каждая попытка входа записывается в журнал. Администратор получает отчёт в конце каждого дня.',
    'wdjh4tXc0CDU3tvW3dAg397X0t7b7+LsIN/e2+zX3tLQ4tXb7iDh3tfU0NLQ4uwg4+fx4t3j7iDX0N/Y4ewuIL/Q4N7b7CDh3tTV4NbY4iDd1SDc1d3V1SDS3uHs3Ngg4djc0t7b3tIsINgg2tDW1NDvIN/e3+vi2tAg0uXe1NAg19Df2OHr0tDV4uHvINIg1uPg3dDbLiCw1NzY3djh4uDQ4t7gIN/e2+Pn0NXiIN7i5/HiINIg2t7d5tUg2tDW1N7T3iDU3e8u',
  ],
  [
    'Greek in windows-1253',
    'iso-8859-7',
    'Η εφαρμογή πρέπει να επιτρέπει στον χρήστη να δημιουργεί λογαριασμό. Ο κωδικός έχει τουλάχιστον οκτώ χαρακτήρες και κάθε προσπάθεια σύνδεσης καταγράφεται στο ημερολόγιο του συστήματος.',
    'xyDl9uHx7O/j3iDw8d3w5ekg7eEg5fDp9PHd8OXpIPP07+0g9/He8/TnIO3hIOTn7Onv9fHj5d8g6+/j4fHp4fPs/C4gzyDq+eTp6vzyIN335ekg9O/169z36fP07+0g7+r0/iD34fHh6vTe8eXyIOrh6SDq3OjlIPDx7/Pw3Ojl6eEg8/3t5OXz5/Ig6uH04ePx3Pbl9OHpIPP07yDn7OXx7+v84+nvIPTv9SDz9fP03uzh9O/yLg==',
  ],
  [
    'Turkish in windows-1254',
    'windows-1254',
    'Uygulama, kullanıcının bir hesap oluşturmasına izin vermelidir. Şifre en az sekiz karakter içermeli ve her giriş denemesi günlüğe yazılmalıdır. Yönetici, günün sonunda bir özet alır. Değişiklikler için onay gerekir.',
    'VXlndWxhbWEsIGt1bGxhbv1j/W79biBiaXIgaGVzYXAgb2x1/nR1cm1hc/1uYSBpemluIHZlcm1lbGlkaXIuIN5pZnJlIGVuIGF6IHNla2l6IGthcmFrdGVyIGnnZXJtZWxpIHZlIGhlciBnaXJp/iBkZW5lbWVzaSBn/G5s/PBlIHlhev1sbWFs/WT9ci4gWfZuZXRpY2ksIGf8bvxuIHNvbnVuZGEgYmlyIPZ6ZXQgYWz9ci4gRGXwaf5pa2xpa2xlciBp52luIG9uYXkgZ2VyZWtpci4=',
  ],
  [
    'Hebrew in windows-1255',
    'iso-8859-8',
    'המערכת תאפשר למשתמש ליצור חשבון חדש. הסיסמה תכיל לפחות שמונה תווים, וכל ניסיון כניסה יירשם ביומן. המנהל יקבל סיכום בסוף כל יום, והוא יכול לשנות את ההגדרות של המערכת.',
    '5O7y+Ov6IPrg9Pn4IOzu+fru+SDs6fbl+CDn+eHl7yDn4/kuIOTx6fHu5CD66+nsIOz05+X6IPnu5fDkIPrl5entLCDl6+wg8Onx6eXvIOvw6fHkIOnp+PntIOHp5e7vLiDk7vDk7CDp9+HsIPHp6+XtIOHx5fMg6+wg6eXtLCDl5OXgIOnr5ewg7Pnw5fog4Pog5OTi4/jl+iD57CDk7vL46/ou',
  ],
  [
    'Arabic in windows-1256',
    'windows-1256',
    'يجب أن يسمح النظام للمستخدم بإنشاء حساب جديد. يجب أن تحتوي كلمة المرور على ثمانية أحرف على الأقل، ويتم تسجيل كل محاولة دخول في السجل. ويحصل المدير على تقرير في نهاية كل يوم.',
    '7czIIMPkIO3T480gx+Hk2cfjIOHh49PKzs/jIMjF5NTHwSDN08fIIMzP7c8uIO3MyCDD5CDKzcrm7SDf4ePJIMfh49Hm0SDa4ewgy+PH5O3JIMPN0d0g2uHsIMfhw97hoSDm7crjIMrTzO3hIN/hIOPNx+bhySDPzubhIN3tIMfh08zhLiDm7c3V4SDH4ePP7dEg2uHsIMre0e3RIN3tIOTlx+3JIN/hIO3m4y4=',
  ],
  [
    'Japanese in Shift_JIS',
    'shift_jis',
    '本システムは、利用者が図書を予約できるようにする。予約は三日間有効であり、期限を過ぎたものは自動的に取り消される。管理者は毎日の終わりに一覧を受け取ることができる。',
    'lnuDVoNYg2WDgILNgUGXmJdwjtKCqpB9j5GC8JdclvGCxYKrgumC5oKkgsmCt4LpgUKXXJbxgs2OT5P6itSXTIz4gsWCoILogUGK+ozAgvCJ34Ksgr2C4ILMgs2OqZOuk0mCyY7mguiPwYKzguqC6YFCiseXnY7Sgs2WiJP6gsyPSYLtguiCyYjql5eC8I7zgq+O5oLpgrGCxoKqgsWCq4LpgUI=',
  ],
  [
    'Japanese in EUC-JP',
    'euc-jp',
    '本システムは、利用者が図書を予約できるようにする。予約は三日間有効であり、期限を過ぎたものは自動的に取り消される。管理者は毎日の終わりに一覧を受け取ることができる。',
    'y9ylt6W5pcal4KTPoaLN+M3RvNSkrL/evfGk8s29zPOkx6StpOuk6KSmpMukuaTroaPNvczzpM+7sMb8tNbNrbj6pMekoqTqoaK0/LjCpPKy4aSupL+k4qTOpM+8q8awxaqky7zopOq+w6S1pOyk66GjtMnN/bzUpM/L6Mb8pM69qqTvpOqky7Dszfek8rz1pLG86KTrpLOkyKSspMekraTroaM=',
  ],
  [
    'Chinese in GB18030',
    'gb18030',
    '系统应当允许用户创建账号。密码至少包含八个字符，每一次登录尝试都要写入日志。管理员在每天结束的时候收到一份报告，并且可以修改系统的设置。如果登录失败，则显示清楚的提示信息。',
    'z7XNs9OmtbHUytDt08O7p7S0vajVy7rFoaPD3MLr1sHJ2bD8uqywy7j219a3+6Osw7/Su7TOtcfCvLOiytS2vNKq0LTI68jV1r6ho7ncwO3UsdTaw7/M7L3hyvi1xMqxuvLK1bW90ru33bGouOajrLKix9K/ydLU0N64xM+1zbO1xMno1sOho8jnufu1x8K8yqew3KOs1PLP1Mq+x+Wz/rXEzOHKvtDFz6Khow==',
  ],
  [
    'Chinese in Big5',
    'big5',
    '系統應當允許使用者建立帳號。密碼至少包含八個字元，每一次登入嘗試都要寫入日誌。管理員在每天結束的時候收到一份報告，並且可以修改系統的設定。如果登入失敗，則顯示清楚的提示訊息。',
    'qHSyzsCzt+2kubNcqM+lzqrMq9il37FiuLmhQ7FLvVim3KTWpV2ndKRLrdOmcqS4oUGoQ6RApri1bqRKucG41bOjrW68Z6RKpOm7eKFDut6yeq37pmKoQ6TRtbKn9Kq6rsmt1KasqOykQKX3s/inaaFBqMOlQqVppUit16fvqHSyzqq6s12pd6FDpnCqR7VupEqlorHRoUGraMXjpdyyTbehqrq0o6XcsFSup6FD',
  ],
  [
    'Korean in EUC-KR',
    'euc-kr',
    '시스템은 사용자가 계정을 만들 수 있도록 해야 한다. 비밀번호는 여덟 글자 이상이어야 하며, 모든 로그인 시도는 기록에 남는다. 관리자는 하루가 끝날 때 보고서를 받고 설정을 바꿀 수 있다.',
    'vcO9usXbwLogu+e/68DasKEgsOjBpMC7ILi4tekgvPYgwNa1tbfPIMfYvt8gx9G02S4guvG50Ln4yKO0wiC/qbT8ILHbwNogwMy788DMvu6+3yDHz7jnLCC48LXnILfOsdfAziC9w7W1tMIgseK3z7+hILOytMK02S4gsPy4rsDatMIgx8+357ChILOhs68gtqcguriw7bytuKYgud6w7SC8s8GkwLsgudmy3CC89iDA1rTZLg==',
  ],
  [
    'Lithuanian in windows-1257',
    'windows-1257',
    'Sistema turi leisti naudotojui susikurti paskyrą. Slaptažodį turi sudaryti bent aštuoni ženklai, o kiekvienas bandymas prisijungti įrašomas į žurnalą. Administratorius kasdien gauna ataskaitą.',
    'U2lzdGVtYSB0dXJpIGxlaXN0aSBuYXVkb3RvanVpIHN1c2lrdXJ0aSBwYXNreXLgLiBTbGFwdGH+b2ThIHR1cmkgc3VkYXJ5dGkgYmVudCBh8HR1b25pIP5lbmtsYWksIG8ga2lla3ZpZW5hcyBiYW5keW1hcyBwcmlzaWp1bmd0aSDhcmHwb21hcyDhIP51cm5hbOAuIEFkbWluaXN0cmF0b3JpdXMga2FzZGllbiBnYXVuYSBhdGFza2FpdOAu',
  ],
]

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16le = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))
const utf16be = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
const legacy = (title: string): Uint8Array =>
  new Uint8Array(Buffer.from(legacyTexts.find((row) => row[0] === title)?.[3] ?? '', 'base64'))

describe('a legacy encoding is detected', () => {
  test.each(legacyTexts)('%s', async (_title, encoding, text, base64) => {
    expect(await decodeText(new Uint8Array(Buffer.from(base64, 'base64')))).toMatchObject({ encoding, text })
  })

  test('below a heading of English keywords, by its own lines alone', async () => {
    const keywords = utf8('## REQ-001 The system shall store the name\n'.repeat(3000))
    const decoded = await decodeText(Buffer.concat([keywords, legacy('Russian in KOI8-R')]))
    expect(decoded).toMatchObject({ encoding: 'koi8-r', warnings: [] })
    expect(decoded.text).toMatch(/^## REQ-001[^]*Система должна/)
  })

  test('with one broken byte at its end', async () => {
    const decoded = await decodeText(Buffer.concat([legacy('Japanese in Shift_JIS'), Uint8Array.of(0x93)]))
    expect(decoded.encoding).toBe('shift_jis')
    expect(decoded.text).toMatch(/^本システムは[^]*\uFFFD$/)
  })

  test('with a warning where it is likely, but not certain', async () => {
    const { warnings } = await decodeText(legacy('Czech in windows-1250'))
    expect(warnings).toEqual([expect.stringContaining('is a guess: it was read as windows-1250')])
  })

  test('as windows-1252, with a warning that names the guess, where little speaks for it', async () => {
    const decoded = await decodeText(latin1('# \xd1\xe8\xf1\xf2\xe5\xec\xe0 \xe4\xee\xeb\xe6'))
    expect(decoded).toEqual({
      text: '# Ñèñòåìà äîëæ',
      encoding: 'windows-1252',
      warnings: [expect.stringMatching(/could not be told.*read as windows-1252; it may be windows-1251\./)],
    })
  })

  test('windows-1252 keeps its quotes, dashes and euro sign on every release of Node', async () => {
    const decoded = await decodeText(
      latin1('The \x93member\x94 pays \x805 \x96 that\x92s the librarian\x92s rule\x85'),
    )
    expect(decoded.text).toBe('The “member” pays €5 – that’s the librarian’s rule…')
  })
})

describe('Unicode', () => {
  const text = '# Añadir «una» 本システム 🐎\nlast line'
  const mixedChinese = '系统应当允许用户创建一个账号。\n密码至少包含8个字符, OK?\n'
  test.each<[string, string, string, Uint8Array]>([
    ['UTF-8', 'utf-8', text, utf8(text)],
    ['UTF-8 with a mark', 'utf-8', text, utf8(`\uFEFF${text}`)],
    ['plain ASCII', 'utf-8', 'a\tb', utf8('a\tb')],
    ['nothing', 'utf-8', '', utf8('')],
    ['a mark alone', 'utf-8', '', utf8('\uFEFF')],
    ['UTF-16 LE with a mark', 'utf-16le', text, utf16le(`\uFEFF${text}`)],
    ['UTF-16 BE with a mark', 'utf-16be', text, utf16be(`\uFEFF${text}`)],
    ['UTF-16 LE without a mark', 'utf-16le', text, utf16le(text)],
    ['UTF-16 BE without a mark', 'utf-16be', text, utf16be(text)],
    ['Chinese in UTF-16 LE without a mark', 'utf-16le', mixedChinese, utf16le(mixedChinese)],
    ['Chinese in UTF-16 BE without a mark', 'utf-16be', mixedChinese, utf16be(mixedChinese)],
    ['a stray zero byte in ASCII', 'utf-8', 'abc\0defg', utf8('abc\0defg')],
    ['a real replacement character', 'utf-8', 'a\uFFFDb', utf8('a\uFFFDb')],
    ['letters that are not composed', 'utf-8', 'e\u0301', utf8('e\u0301')],
    ['a second mark, which is a character', 'utf-8', '\uFEFFa', utf8('\uFEFF\uFEFFa')],
  ])('%s', async (_title, encoding, expected, bytes) => {
    expect(await decodeText(bytes)).toEqual({ text: expected, encoding, warnings: [] })
  })

  test('UTF-8 with a broken byte among many good ones stays UTF-8', async () => {
    const bytes = Buffer.concat([utf8('Größe, Maß, Übergröße, Länge, Höhe, Fläche, ä'), Uint8Array.of(0xe2)])
    expect(await decodeText(bytes)).toMatchObject({
      encoding: 'utf-8',
      text: expect.stringMatching(/ä\uFFFD$/),
    })
  })

  test('UTF-16 with a mark that was cut in the middle of a character', async () => {
    expect((await decodeText(utf16le('\uFEFFabc').subarray(0, 7))).text).toBe('ab\uFFFD')
  })
})

test('line ends become LF', async () => {
  expect((await decodeText(utf8('a\r\nb\rc\n\r\nd'))).text).toBe('a\nb\nc\n\nd')
})

test('any well-formed UTF-8 text without control characters comes back as it was', async () => {
  const character = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 1 })
    .filter((one) => !/[\p{Cc}\uFEFF]/u.test(one))
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: character }), async (text) => {
      expect(await decodeText(utf8(text))).toEqual({ text, encoding: 'utf-8', warnings: [] })
    }),
  )
})
