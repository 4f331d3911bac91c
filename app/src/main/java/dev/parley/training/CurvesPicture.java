package dev.parley.training;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How a run went, over its steps: the loss, and the learning rate below it. */
final class CurvesPicture {
  private static final int WIDTH = 900;
  private static final int LOSS_HEIGHT = 420;
  private static final int RATE_HEIGHT = 220;
  private static final Color FAINT = new Color(0x9D, 0xBD, 0xE0);
  private static final Color STRONG = new Color(0x1F, 0x4E, 0x8C);
  private static final Color HELD_OUT = new Color(0xD0, 0x60, 0x10);

  private CurvesPicture() {}

  /** Writes a PNG file; nothing before the first step. */
  static void write(String title, Metrics metrics, Path file) throws IOException {
    if (metrics.steps().isEmpty()) {
      return;
    }
    System.setProperty("java.awt.headless", "true");
    BufferedImage all =
        new BufferedImage(WIDTH, LOSS_HEIGHT + RATE_HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.drawImage(BitmapEncoder.getBufferedImage(loss(title, metrics)), 0, 0, null);
    graphics.drawImage(BitmapEncoder.getBufferedImage(rate(metrics)), 0, LOSS_HEIGHT, null);
    graphics.dispose();
    if (!ImageIO.write(all, "png", file.toFile())) {
      throw new IOException("This Java cannot write PNG files.");
    }
  }

  private static XYChart loss(String title, Metrics metrics) {
    XYChart chart = chart(LOSS_HEIGHT, title, "loss", metrics);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    Smoothing smoothing = new Smoothing();
    line(chart, "each step", metrics, metrics.steps().stream().map(Metrics.Step::loss).toList())
        .setLineColor(FAINT)
        .setLineWidth(1);
    line(
            chart,
            "smoothed",
            metrics,
            metrics.steps().stream().map(step -> smoothing.add(step.loss())).toList())
        .setLineColor(STRONG)
        .setLineWidth(2.5f);
    List<Examination> examined =
        metrics.examinations().stream().filter(each -> each.figures().containsKey("loss")).toList();
    if (!examined.isEmpty()) {
      XYSeries marks =
          chart.addSeries(
              "held out",
              examined.stream().map(Examination::step).toList(),
              examined.stream()
                  .map(each -> Objects.requireNonNull(each.figures().get("loss")))
                  .toList());
      marks.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(HELD_OUT);
      marks.setLineColor(HELD_OUT).setLineWidth(1);
    }
    return chart;
  }

  private static XYChart rate(Metrics metrics) {
    XYChart chart = chart(RATE_HEIGHT, "", "learning rate", metrics);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisDecimalPattern("0.0E0");
    line(chart, "rate", metrics, metrics.steps().stream().map(Metrics.Step::rate).toList())
        .setLineColor(STRONG);
    return chart;
  }

  /** Both have the same steps, one above the other. */
  private static XYChart chart(int height, String title, String values, Metrics metrics) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle("step")
            .yAxisTitle(values)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) metrics.steps().getLast().number());
    return chart;
  }

  private static XYSeries line(XYChart chart, String name, Metrics metrics, List<Double> values) {
    XYSeries series =
        chart.addSeries(name, metrics.steps().stream().map(Metrics.Step::number).toList(), values);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }
}
