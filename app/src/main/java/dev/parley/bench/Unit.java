package dev.parley.bench;

/** What a figure counts. */
public enum Unit {
  TOKENS_PER_SECOND("tokens/s", "%,.0f"),
  SECONDS("s", "%,.2f"),
  MEGABYTES("MB", "%,.0f");

  private final String sign;
  private final String format;

  Unit(String sign, String format) {
    this.sign = sign;
    this.format = format;
  }

  String sign() {
    return sign;
  }

  String format(double value) {
    return format.formatted(value);
  }
}
