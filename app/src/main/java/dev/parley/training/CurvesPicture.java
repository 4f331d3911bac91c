package dev.parley.training;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How a run went, over its steps: panels one below the other.
 *
 * @param title of the first
 * @param unit what a step is called
 * @param panels at least one, with at least one value each
 */
public record CurvesPicture(String title, String unit, List<Panel> panels) {
  private static final int WIDTH = 900;
  private static final int FIRST_HEIGHT = 420;
  private static final int OTHER_HEIGHT = 220;
  private static final Color FAINT = new Color(0x9D, 0xBD, 0xE0);
  private static final Color STRONG = new Color(0x1F, 0x4E, 0x8C);
  private static final Color HELD_OUT = new Color(0xD0, 0x60, 0x10);

  /** Below it, numbers are written by their exponents. */
  private static final double SMALL = 0.01;

  /**
   * A figure.
   *
   * @param label for people
   * @param values by step
   * @param heldOut of what was not learned from, by step; may be empty
   * @param noisy whether a running mean is drawn too
   */
  public record Panel(
      String label,
      SortedMap<Integer, Double> values,
      SortedMap<Integer, Double> heldOut,
      boolean noisy) {
    int last() {
      return values.lastKey();
    }

    /** Where the curve does not end. */
    LegendPosition legend() {
      boolean rises =
          values.getOrDefault(last(), 0.0) > values.getOrDefault(values.firstKey(), 0.0);
      return rises ? LegendPosition.InsideSE : LegendPosition.InsideNE;
    }
  }

  public CurvesPicture {
    panels = List.copyOf(panels);
  }

  /** Of a run that made a step. */
  static CurvesPicture of(String title, String unit, List<Curve> curves, Metrics metrics) {
    List<Panel> panels = new ArrayList<>();
    for (Curve curve : curves) {
      SortedMap<Integer, Double> values = new TreeMap<>();
      SortedMap<Integer, Double> heldOut = new TreeMap<>();
      metrics.steps().forEach(step -> values.put(step.number(), step.figure(curve.figure())));
      metrics
          .examinations()
          .forEach(
              each -> {
                Double figure = each.figures().get(curve.figure());
                if (figure != null) {
                  heldOut.put(each.step(), figure);
                }
              });
      panels.add(new Panel(curve.label(), values, heldOut, curve.noisy()));
    }
    return new CurvesPicture(title, unit, panels);
  }

  /** Writes a PNG file. */
  public void write(Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    int height = FIRST_HEIGHT + (panels.size() - 1) * OTHER_HEIGHT;
    BufferedImage all = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    int at = 0;
    for (int i = 0; i < panels.size(); i++) {
      XYChart chart = chart(panels.get(i), i == 0);
      graphics.drawImage(BitmapEncoder.getBufferedImage(chart), 0, at, null);
      at += chart.getHeight();
    }
    graphics.dispose();
    if (!ImageIO.write(all, "png", file.toFile())) {
      throw new IOException("This Java cannot write PNG files.");
    }
  }

  private XYChart chart(Panel panel, boolean first) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(first ? FIRST_HEIGHT : OTHER_HEIGHT)
            .title(first ? title : "")
            .xAxisTitle(unit)
            .yAxisTitle(panel.label())
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) panel.last());
    chart.getStyler().setLegendPosition(panel.legend());
    chart.getStyler().setLegendVisible(first && panel.noisy());
    if (panel.values().values().stream().allMatch(value -> Math.abs(value) < SMALL)) {
      chart.getStyler().setYAxisMin(0.0);
      chart.getStyler().setYAxisDecimalPattern("0.0E0");
    }
    draw(chart, panel);
    return chart;
  }

  private void draw(XYChart chart, Panel panel) {
    XYSeries each = line(chart, "each " + unit, panel.values());
    each.setLineColor(panel.noisy() ? FAINT : STRONG).setLineWidth(panel.noisy() ? 1 : 2);
    if (panel.noisy()) {
      Smoothing smoothing = new Smoothing();
      SortedMap<Integer, Double> means = new TreeMap<>();
      panel.values().forEach((step, value) -> means.put(step, smoothing.add(value)));
      line(chart, "smoothed", means).setLineColor(STRONG).setLineWidth(2.5f);
    }
    if (!panel.heldOut().isEmpty()) {
      XYSeries marks = line(chart, "held out", panel.heldOut());
      marks.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(HELD_OUT);
      marks.setLineColor(HELD_OUT).setLineWidth(1);
    }
  }

  private static XYSeries line(XYChart chart, String name, SortedMap<Integer, Double> values) {
    XYSeries series =
        chart.addSeries(name, List.copyOf(values.keySet()), List.copyOf(values.values()));
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }
}
