package dev.parley.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts of bars, one below the other. */
final class Panels {
  /** For a phone. */
  static final Size SMALL = new Size(700, 200);

  static final Size LARGE = new Size(900, 210);

  private static final int LEGEND = 40;

  private Panels() {}

  /**
   * How large a chart is.
   *
   * @param height without a legend
   */
  record Size(int width, int height) {}

  /** Figures of one kind. */
  record Bars(List<Double> values, Color color) {}

  /**
   * A chart.
   *
   * @param labels below the bars
   * @param series by name, in their order; a legend names them where they are several
   */
  record Panel(String title, List<String> labels, Map<String, Bars> series) {
    private CategoryChart chart(Size size) {
      boolean several = series.size() > 1;
      CategoryChart chart =
          new CategoryChartBuilder()
              .width(size.width)
              .height(size.height + (several ? LEGEND : 0))
              .title(title)
              .build();
      chart.getStyler().setChartBackgroundColor(Color.WHITE);
      chart.getStyler().setPlotGridVerticalLinesVisible(false);
      chart.getStyler().setLegendVisible(several).setLegendPosition(LegendPosition.OutsideS);
      chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
      chart.getStyler().setAvailableSpaceFill(0.8);
      chart.getStyler().setYAxisMin(0.0).setYAxisDecimalPattern("#,##0.##");
      if (isEmpty()) { // an axis needs a length
        chart.getStyler().setYAxisMax(1.0);
      }
      series.forEach(
          (name, bars) -> chart.addSeries(name, labels, bars.values).setFillColor(bars.color));
      return chart;
    }

    private boolean isEmpty() {
      return series.values().stream()
          .flatMap(bars -> bars.values.stream())
          .allMatch(value -> value == 0);
    }
  }

  /** A PNG file of them. */
  static byte[] png(Size size, List<Panel> panels) throws IOException {
    List<CategoryChart> charts = panels.stream().map(panel -> panel.chart(size)).toList();
    int height = charts.stream().mapToInt(CategoryChart::getHeight).sum();
    BufferedImage all = new BufferedImage(size.width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    int at = 0;
    for (CategoryChart chart : charts) {
      graphics.drawImage(BitmapEncoder.getBufferedImage(chart), 0, at, null);
      at += chart.getHeight();
    }
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(all, "png", png)) {
      throw new IOException("This Java cannot write PNG files.");
    }
    return png.toByteArray();
  }
}
