/* The page on which anybody checks a bundle of evidence; nothing of the app comes with it. */
import { render } from 'preact';
import { VerifyPage } from '../verify/page';
import '../base/base.css';

const app = document.getElementById('app')!;
app.textContent = '';
render(<VerifyPage />, app);
