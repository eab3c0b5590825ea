import { drawRequest } from '../blocks/cards/request';
import { loadConfig } from '../handlers/composition';
import { requests } from './render-post';
import { viewRequest } from '../src/requests';
const config = loadConfig({ CONFIG_DIR: 'config', UNKNOWN_ACCOUNT_MODE: 'enforce' });
const views = { accounts: config.accounts.lookup, catalogue: config.catalogue, playbooks: config.playbooks.lookup, securityTeam: [] };
const filled = requests(config);
const now = new Date();
for (let r=0;r<20;r++){ const f=performance.now(); const n=5000; for(let i=0;i<n;i++){const {request,issues}=filled[i%filled.length]!; const v=viewRequest(request,issues,views,now); drawRequest(v,'ja');} console.log(((performance.now()-f)/n*1000).toFixed(0),'us'); }
