/* The page on which anybody checks a paper by the code printed on it; nothing of the app comes with it. */
import { render } from 'preact';
import { CheckPage } from '../documents/check';
import '../base/base.css';

const app = document.getElementById('app')!;
app.textContent = '';
render(<CheckPage />, app);
