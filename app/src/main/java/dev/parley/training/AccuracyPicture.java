package dev.parley.training;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How often a ranker is right, in bars, above lines for what needs no ranker. */
final class AccuracyPicture {
  private static final int WIDTH = 700;
  private static final int HEIGHT = 480;
  private static final Color BARS = new Color(0x1F, 0x4E, 0x8C);
  private static final List<Color> LINES = List.of(new Color(0xD0, 0x60, 0x10), Color.GRAY);

  private AccuracyPicture() {}

  /**
   * Writes a PNG file.
   *
   * @param labels of the bars
   * @param accuracies as many, from 0 to 1
   * @param floors by name, in their order
   */
  static void write(
      String title,
      List<String> labels,
      List<Double> accuracies,
      Map<String, Double> floors,
      Path file)
      throws IOException {
    System.setProperty("java.awt.headless", "true");
    CategoryChart chart = chart(title, labels, accuracies, floors);
    if (!ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile())) {
      throw new IOException("This Java cannot write PNG files.");
    }
  }

  private static CategoryChart chart(
      String title, List<String> labels, List<Double> accuracies, Map<String, Double> floors) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle("right among ten replies")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setOverlapped(true); // else lines begin beside their bars
    chart.getStyler().setAvailableSpaceFill(0.5);
    chart.getStyler().setYAxisDecimalPattern("0.000");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setLabelsPosition(1.05);
    chart.addSeries("ranker", labels, accuracies).setFillColor(BARS);
    int color = 0;
    for (Map.Entry<String, Double> floor : floors.entrySet()) {
      chart
          .addSeries(
              "%s %.3f".formatted(floor.getKey(), floor.getValue()),
              labels,
              Collections.nCopies(labels.size(), floor.getValue()))
          .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line)
          .setMarker(SeriesMarkers.NONE)
          .setLineColor(LINES.get(color++ % LINES.size()));
    }
    return chart;
  }
}
