package dev.parley.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;

/** A report as a picture: a chart of bars for each measure. */
public final class Picture {
  private static final int WIDTH = 900;
  private static final int TITLE = 44;
  private static final int BAR = 44;
  private static final int FRAME = 110;
  private static final int MARGIN = 16;
  private static final int BASELINE = 28;

  private Picture() {}

  /** Writes a PNG file. */
  public static void write(Report report, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    if (!ImageIO.write(draw(report), "png", file.toFile())) {
      throw new IOException("This Java cannot write PNG files.");
    }
  }

  private static BufferedImage draw(Report report) {
    List<BufferedImage> charts =
        report.results().stream()
            .filter(result -> !result.figures().isEmpty())
            .map(result -> BitmapEncoder.getBufferedImage(chart(result)))
            .toList();
    int height = 3 * TITLE + charts.stream().mapToInt(BufferedImage::getHeight).sum();
    BufferedImage all = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, height);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    graphics.drawString(report.model() + " on " + report.runsOn(), MARGIN, BASELINE);
    int y = TITLE;
    for (BufferedImage chart : charts) {
      graphics.drawImage(chart, 0, y, null);
      y += chart.getHeight();
    }
    String verdict = report.verdict().orElse("");
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    for (String line : lines(verdict, graphics.getFontMetrics())) {
      graphics.drawString(line, MARGIN, y + BASELINE);
      y += graphics.getFontMetrics().getHeight();
    }
    graphics.dispose();
    return all;
  }

  private static List<String> lines(String text, FontMetrics font) {
    List<String> lines = new ArrayList<>(List.of(""));
    for (String word : text.split(" ", -1)) {
      String longer = (lines.getLast() + " " + word).strip();
      if (font.stringWidth(longer) > WIDTH - 2 * MARGIN) {
        lines.add(word);
      } else {
        lines.set(lines.size() - 1, longer);
      }
    }
    return lines;
  }

  private static HorizontalBarChart chart(Result result) {
    List<Figure> figures = result.figures();
    Unit unit = figures.getFirst().unit();
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(WIDTH)
            .height(FRAME + BAR * figures.size())
            .title(result.measure() + ", " + unit.sign())
            .build();
    chart.getStyler().setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLabelsVisible(true).setDecimalPattern(unit.pattern());
    chart.getStyler().setXAxisMaxLabelCount(figures.size() + 1); // or bars would lack their names
    chart.getStyler().setXAxisMin(0.0);
    chart.addSeries(
        result.measure(),
        figures.stream().map(Figure::value).toList(),
        figures.stream().map(Figure::what).toList());
    return chart;
  }
}
