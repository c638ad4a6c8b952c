/** The scheme under which the window's pages are served; nothing is registered with the system for it. */
export const appScheme = 'app'
/** The only origin that is trusted with the core. */
export const appOrigin = `${appScheme}://paddock`
/** The page that a window opens with. */
export const appPage = `${appOrigin}/`
