import './page.css';
import { render } from 'preact';
import { App } from './app';

const root = document.getElementById('app');
if (!root) throw new Error('The document has no #app.');
render(<App />, root);
