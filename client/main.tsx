import { render } from 'preact';
import './css/fonts.css';
import './css/base.css';
import './css/layout.css';
import './css/layers.css';
import './css/clock.css';
import './css/records.css';
import './css/feedback.css';
import './css/offline.css';
import './css/upload.css';
import './css/upload-forms.css';
import { App } from './panels/app.tsx';

const root = document.getElementById('app');
if (root) render(<App />, root);
