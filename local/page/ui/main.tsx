import { render } from 'preact';

const root = document.getElementById('app');
if (root) render(<h1>secops-bot</h1>, root);
