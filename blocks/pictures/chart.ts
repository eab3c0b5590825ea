import type * as ECharts from 'echarts';
import { WIDTH } from './render';

/** Loaded with the first chart: most processes never draw one, and it takes longer than all the rest of them. */
const echarts = () => require('echarts') as typeof ECharts;

/** A drawn chart: its SVG, and where its values lie in it. */
interface Chart {
  readonly svg: string;
  /** Where each of the asked points lies, in the order asked. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
}

/**
 * Draws a chart as wide as a picture.
 * @param asked points whose place is needed: the number of the grid, the number of the category, the value
 */
export function drawChart(
  height: number,
  option: ECharts.EChartsOption,
  asked: readonly { readonly grid: number; readonly category: number; readonly value: number }[],
): Chart {
  const chart = echarts().init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({ animation: false, ...option });
    const places = asked.map(({ grid, category, value }) => {
      const [x = 0, y = 0] = chart.convertToPixel({ xAxisIndex: grid, yAxisIndex: grid }, [category, value]);
      return { x, y };
    });
    return { svg: chart.renderToSVGString(), places };
  } finally {
    // ECharts remembers every chart until then.
    chart.dispose();
  }
}
