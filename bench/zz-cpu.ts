import { WebClient } from '@slack/web-api';
import { drawRequest } from '../blocks/cards/request';
import { loadConfig } from '../handlers/composition';
import { requests } from './render-post';
import { viewRequest } from '../src/requests';
import { slackGateway } from '../src/slack';
async function main(){
const config = loadConfig({ CONFIG_DIR: 'config', UNKNOWN_ACCOUNT_MODE: 'enforce' });
const views = { accounts: config.accounts.lookup, catalogue: config.catalogue, playbooks: config.playbooks.lookup, securityTeam: [] };
const filled = requests(config);
const now = new Date();
const draw=(i:number)=>{const {request,issues}=filled[i%filled.length]!; return drawRequest(viewRequest(request,issues,views,now),'ja');};
const drawn=filled.map((_,i)=>draw(i));
const fetch=async()=>new Response('{"ok":true,"ts":"1"}',{headers:{'content-type':'application/json'}});
const b0=new WebClient('xoxb-l',{fetch: fetch as never,retryConfig:{retries:0}});
const g=slackGateway(b0,{teamId:'T0LOCAL'});
const ms:Record<string,(i:number)=>Promise<unknown>>={
 bare:(i)=>b0.apiCall('chat.postMessage',{channel:'C',...drawn[i%100]}),
 gateway:(i)=>g.post('C',drawn[i%100]!,{record:'111122223333/control/ec2.19',key:'1'}),
 gatewayDraw:(i)=>g.post('C',draw(i),{record:'111122223333/control/ec2.19',key:'1'}),
};
for(let r=0;r<6;r++)for(const n of Object.keys(ms)){const f=performance.now();for(let i=0;i<2000;i++)await ms[n]!(i);if(r>2)console.log(n,((performance.now()-f)/2).toFixed(0),'us');}
}
void main();
