import { WebClient } from '@slack/web-api';
import { startEmbedded } from '../local/embedded';
import { drawRequest } from '../blocks/cards/request';
import { loadConfig } from '../handlers/composition';
import { requests } from './render-post';
import { viewRequest } from '../src/requests';
import { slackGateway, webClient } from '../src/slack';
let dt=0,dn=0,dt2=0,dn2=0;async function main(){
const config = loadConfig({ CONFIG_DIR: 'config', UNKNOWN_ACCOUNT_MODE: 'enforce' });
const views = { accounts: config.accounts.lookup, catalogue: config.catalogue, playbooks: config.playbooks.lookup, securityTeam: [] };
const filled = requests(config);
const now = new Date();
const draw=(i:number)=>{const {request,issues}=filled[i%filled.length]!; return drawRequest(viewRequest(request,issues,views,now),'ja');};
const drawn=filled.map((_,i)=>draw(i));
const e=await startEmbedded({services:['slack']});
const apiUrl=e.endpoints.slack.apiUrl;
const g=slackGateway(webClient({token:'xoxb-l',apiUrl}),{teamId:'T0LOCAL'});
const b0=new WebClient('xoxb-l',{slackApiUrl:apiUrl,retryConfig:{retries:0}});
const b1=new WebClient('xoxb-l',{slackApiUrl:apiUrl,retryConfig:{retries:0},timeout:10000});
const q={unfurl_links:false,unfurl_media:false,link_names:false,parse:'none'};
const ms:Record<string,(i:number,ch:string)=>Promise<unknown>>={
 bare:(i,c)=>b0.apiCall('chat.postMessage',{channel:c,...drawn[i%100]}),
 bareTimeout:(i,c)=>b1.apiCall('chat.postMessage',{channel:c,...drawn[i%100]}),
 bareQuietMeta:(i,c)=>b0.apiCall('chat.postMessage',{channel:c,...drawn[i%100],...q,metadata:{event_type:'x',event_payload:{record:'111122223333/control/ec2.19',key:'1'}}}),
 gateway:(i,c)=>g.post(c,drawn[i%100]!,{record:'111122223333/control/ec2.19',key:'1'}),
 gatewayDraw:(i,c)=>g.post(c,draw(i),{record:'111122223333/control/ec2.19',key:'1'}),
drawTimed:async(i,c)=>{const f=performance.now();const d=draw(i);dt+=performance.now()-f;dn++;return b0.apiCall('chat.postMessage',{channel:c,...d});},
 drawUnused:(i,c)=>{const f=performance.now();draw(i);dt2+=performance.now()-f;dn2++;return b0.apiCall('chat.postMessage',{channel:c,...drawn[i%100]});},
 bareDraw:(i,c)=>b0.apiCall('chat.postMessage',{channel:c,...draw(i)}),
};
const t:Record<string,number[]>={}; const cpu:Record<string,number[]>={};
const names=Object.keys(ms);
const only=process.argv[2];
for(let r=0;r<160;r++){ for(const n of (r%2?names:[...names].reverse())){ if(only&&n!==only)continue;  let k=0; const f=performance.now(); const c0=process.cpuUsage(); await Promise.all(Array.from({length:8},async()=>{while(k<100){const i=k++; await ms[n]!(i,'C0SHOPPRD');}})); const c=process.cpuUsage(c0); if(r>2){(t[n]??=[]).push((performance.now()-f)*10);(cpu[n]??=[]).push((c.user+c.system)/100);} } }
for(const n of names){ if(only&&n!==only)continue; const s=t[n]!.sort((a,b)=>a-b); const d=cpu[n]!.sort((a,b)=>a-b); console.log(n.padEnd(15),'wall us',s[s.length>>1]!.toFixed(0),'min',s[0]!.toFixed(0),'cpu us',d[d.length>>1]!.toFixed(0)); }
console.log('draw inline us',dt/dn*1000, dt2/dn2*1000);await e.close();
}
void main();
