package dev.parley.platform;

/** What every id has to be. */
final class Ids {
  private Ids() {}

  static void check(String platform, String id) {
    if (platform.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException(
          "an id needs a platform and a value: '" + platform + "', '" + id + "'");
    }
  }
}
