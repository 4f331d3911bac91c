package dev.parley.discord;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;

/**
 * Discord's limits: five requests in five seconds for each method of a channel, fifty a second in
 * all. Time may run faster. Thread-safe.
 */
final class Buckets {
  private static final int LIMIT = 5;
  private static final int IN_ALL = 50;

  // guarded by this
  private final Map<String, Window> windows = new HashMap<>();
  private double seconds = 5;
  private long tooMany;

  private static final class Window {
    private long ends;
    private int left;
  }

  /** How long a window of five seconds is. */
  synchronized void window(double ofSeconds) {
    seconds = ofSeconds;
  }

  /** How many requests were refused. */
  synchronized long tooMany() {
    return tooMany;
  }

  synchronized Optional<MockResponse> take(Route route) {
    if (!route.isLimited()) {
      return Optional.empty();
    }
    if (!take("all", IN_ALL, seconds / LIMIT)) {
      tooMany++;
      return Optional.of(tooMany(0.5, true));
    }
    if (!take(route.bucket(), LIMIT, seconds)) {
      tooMany++;
      double left = secondsLeft(windows.getOrDefault(route.bucket(), new Window()));
      return Optional.of(describe(route, tooMany(left, false)));
    }
    return Optional.empty();
  }

  private boolean take(String name, int limit, double length) {
    long now = System.nanoTime();
    Window window = windows.computeIfAbsent(name, key -> new Window());
    if (now >= window.ends) {
      window.ends = now + (long) (length * 1e9);
      window.left = limit;
    }
    return --window.left >= 0;
  }

  private static double secondsLeft(Window window) {
    return Math.max(0.001, (window.ends - System.nanoTime()) / 1e9);
  }

  /** With what Discord says of its limits. */
  synchronized MockResponse describe(Route route, MockResponse response) {
    Window window = windows.get(route.bucket());
    if (!route.isLimited() || window == null) {
      return response;
    }
    return response
        .newBuilder()
        .setHeader("X-RateLimit-Limit", LIMIT)
        .setHeader("X-RateLimit-Remaining", Math.max(0, window.left))
        .setHeader("X-RateLimit-Reset", System.currentTimeMillis() / 1e3 + secondsLeft(window))
        .setHeader("X-RateLimit-Reset-After", secondsLeft(window))
        .setHeader("X-RateLimit-Bucket", Integer.toHexString(route.name().hashCode()))
        .build();
  }

  static MockResponse tooMany(double seconds, boolean global) {
    MockResponse.Builder response =
        new MockResponse.Builder()
            .code(429)
            .addHeader("Via", "1.1 google")
            .addHeader("Content-Type", "application/json")
            .addHeader("Retry-After", (int) Math.ceil(seconds))
            .addHeader("X-RateLimit-Scope", global ? "global" : "user")
            .body(
                "{\"message\":\"You are being rate limited.\",\"retry_after\":%s,\"global\":%s}"
                    .formatted(seconds, global));
    if (global) {
      response.addHeader("X-RateLimit-Global", "true");
    }
    return response.build();
  }
}
