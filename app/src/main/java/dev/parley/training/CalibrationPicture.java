package dev.parley.training;

import dev.parley.model.training.RewardAccuracy;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How far a reward model's scores can be believed: how sure they are, and how often right. */
final class CalibrationPicture {
  private static final int SIZE = 560;

  private CalibrationPicture() {}

  /** Writes a PNG file. */
  static void write(RewardAccuracy accuracy, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    if (!ImageIO.write(BitmapEncoder.getBufferedImage(chart(accuracy)), "png", file.toFile())) {
      throw new IOException("This Java cannot write PNG files.");
    }
  }

  private static XYChart chart(RewardAccuracy accuracy) {
    XYChart chart =
        new XYChartBuilder()
            .width(SIZE)
            .height(SIZE)
            .title("Calibration on %,d held-out pairs".formatted(accuracy.pairs().size()))
            .xAxisTitle("how sure the scores are")
            .yAxisTitle("how often they are right")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    chart.getStyler().setXAxisMin(0.5).setXAxisMax(1.0);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    List<RewardAccuracy.Bin> bins = accuracy.calibration();
    chart
        .addSeries("as it should be", List.of(0.5, 1.0), List.of(0.5, 1.0))
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Color.LIGHT_GRAY);
    chart
        .addSeries(
            "seen",
            bins.stream().map(RewardAccuracy.Bin::said).toList(),
            bins.stream().map(RewardAccuracy.Bin::seen).toList())
        .setMarker(SeriesMarkers.CIRCLE);
    return chart;
  }
}
