import type { LineSeriesOption } from 'echarts';

/** Up to so many points each has its dot. */
const MOST_DOTS = 14;

/** A line of scores that breaks where nothing was known; a day alone between such days is a dot. */
export function scoreSeries(scores: readonly (number | undefined)[], color: string): LineSeriesOption {
  const alone = (place: number): boolean =>
    scores[place - 1] === undefined && scores[place + 1] === undefined;
  return {
    type: 'line',
    data: scores.map((score) => score ?? null),
    connectNulls: false,
    showAllSymbol: true,
    symbol: 'circle',
    symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) =>
      scores.length <= MOST_DOTS || alone(dataIndex) ? 10 : 0,
    itemStyle: { color },
    lineStyle: { color, width: 4, cap: 'round', join: 'round' },
    areaStyle: {
      color: {
        type: 'linear',
        x: 0,
        y: 0,
        x2: 0,
        y2: 1,
        colorStops: [
          { offset: 0, color: `${color}38` },
          { offset: 1, color: `${color}05` },
        ],
      },
      origin: 'start',
    },
  };
}
