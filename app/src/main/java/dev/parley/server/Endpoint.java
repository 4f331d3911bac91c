package dev.parley.server;

import java.util.Arrays;
import java.util.Locale;

/** What can be asked. */
enum Endpoint {
  CHAT("POST", "/v1/chat/completions"),
  COMPLETIONS("POST", "/v1/completions"),
  MODELS("GET", "/v1/models"),
  /** One model: its name, which may hold slashes, follows. */
  MODEL("GET", "/v1/models/"),
  HEALTH("GET", "/health"),
  METRICS("GET", "/metrics"),
  UNKNOWN("", "");

  private final String method;
  private final String path;

  Endpoint(String method, String path) {
    this.method = method;
    this.path = path;
  }

  static Endpoint of(String path) {
    if (path.startsWith(MODEL.path)) {
      return MODEL;
    }
    return Arrays.stream(values())
        .filter(each -> each.path.equals(path))
        .findFirst()
        .orElse(UNKNOWN);
  }

  void check(Call call) throws Refusal {
    if (this == UNKNOWN) {
      throw Refusal.unknownPath(call.path());
    }
    boolean headOfGet = method.equals("GET") && call.method().equals("HEAD");
    if (!call.method().equals(method) && !headOfGet) {
      throw Refusal.wrongMethod(method);
    }
  }

  /** What comes after the path of {@link #MODEL}. */
  static String modelIn(String path) {
    return path.substring(MODEL.path.length());
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
