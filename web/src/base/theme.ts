/* Light, dark, or as the device has it. */
export function setTheme(theme: 'light' | 'dark' | null) {
  if (theme) {
    localStorage.setItem('theme', theme);
    document.documentElement.dataset.theme = theme;
  } else {
    localStorage.removeItem('theme');
    delete document.documentElement.dataset.theme;
  }
}
/** What was chosen here before. */
export function takeTheme() {
  const theme = localStorage.getItem('theme');
  if (theme) document.documentElement.dataset.theme = theme;
}
