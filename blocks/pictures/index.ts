export { type CelebrationPictureView, drawCelebrationPicture } from './celebration';
export { drawOrganisationPicture, type OrganisationPictureView } from './organisation';
export type { Picture } from './picture';
export { drawRankingPicture, type RankingPictureView } from './ranking';
export { drawTrendPicture, type TrendView } from './trend';
