import { render } from 'preact';
import './css/fonts.css';
import './css/base.css';
import './css/layout.css';
import './css/tool-bar.css';
import './css/layers.css';
import './css/clock.css';
import './css/panel.css';
import './css/search.css';
import './css/reading.css';
import './css/records.css';
import './css/feedback.css';
import './css/print.css';
import { App } from './panels/app.tsx';

const root = document.getElementById('app');
if (root) render(<App />, root);
