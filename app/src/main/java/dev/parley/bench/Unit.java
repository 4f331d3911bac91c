package dev.parley.bench;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** What a figure counts. */
public enum Unit {
  TOKENS_PER_SECOND("tokens/s", "#,##0"),
  SECONDS("s", "#,##0.00"),
  MEGABYTES("MB", "#,##0");

  private final String sign;
  private final String pattern;

  Unit(String sign, String pattern) {
    this.sign = sign;
    this.pattern = pattern;
  }

  String sign() {
    return sign;
  }

  /** How numbers of it are written, as {@link DecimalFormat} reads it. */
  String pattern() {
    return pattern;
  }

  String format(double value) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }
}
