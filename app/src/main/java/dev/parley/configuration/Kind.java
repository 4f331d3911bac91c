package dev.parley.configuration;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.settings.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the values of a key may be.
 *
 * @param expectation completes "must be …"
 * @param reader gives nothing for a text that is not of this kind
 */
record Kind<T>(String expectation, Reader<T> reader) {
  private static final Set<String> WEB = Set.of("http", "https");

  private static final Set<String> SOCKETS = Set.of("ws", "wss");
  private static final Set<String> PROXIES = Set.of("http", "socks5");

  /** Those to which Telegram delivers, and that of https where none is given. */
  private static final Set<Integer> WEBHOOK_PORTS = Set.of(-1, 443, 80, 88, 8_443);

  /** Reads a value; relative paths mean the folder given. */
  @FunctionalInterface
  interface Reader<T> {
    Optional<T> read(String text, Path base);
  }

  static Kind<Integer> wholeNumber(int least, int most) {
    return new Kind<>(
        "a whole number from " + least + " to " + most,
        (text, base) ->
            matching(text, "\\d{1,9}").map(Integer::valueOf).filter(n -> n >= least && n <= most));
  }

  static Kind<Double> decimal(int least, int most) {
    return new Kind<>(
        "a number from " + least + " to " + most,
        (text, base) ->
            matching(text, "\\d{1,6}(\\.\\d{1,2})?")
                .map(Double::valueOf)
                .filter(n -> n >= least && n <= most));
  }

  static Kind<Duration> duration(Duration least, Duration most) {
    return new Kind<>(
        "a time such as 90s, 15m, 12h or 7d, from " + words(least) + " to " + words(most),
        (text, base) ->
            matching(text, "\\d{1,6}[smhd]")
                .map(Kind::duration)
                .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0));
  }

  static Kind<Boolean> onOff() {
    return new Kind<>(
        "on or off",
        (text, base) ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "on", "true", "yes" -> Optional.of(true);
              case "off", "false", "no" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    E[] values = type.getEnumConstants();
    return new Kind<>(
        alternatives(Arrays.stream(values).map(Kind::word).toList()),
        (text, base) ->
            Arrays.stream(values)
                .filter(e -> word(e).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst());
  }

  static Kind<String> text(int longest) {
    return new Kind<>(
        "a text of at most " + longest + " characters",
        (text, base) -> Optional.of(text).filter(t -> t.length() <= longest));
  }

  static Kind<Path> path() {
    return new Kind<>(
        "a path",
        (text, base) -> Optional.of(text).filter(t -> !t.isBlank()).flatMap(t -> path(t, base)));
  }

  /** A name, or a path as a text: told apart by a slash. */
  static Kind<String> nameOrPath() {
    return new Kind<>(
        "a name or a path",
        (text, base) ->
            text.contains("/")
                ? path(text, base).map(Path::toString)
                : Optional.of(text).filter(t -> !t.isBlank()));
  }

  static Kind<URI> address() {
    return new Kind<>(
        "an address such as http://localhost:8000/v1, without a key in it",
        (text, base) ->
            uri(text)
                .filter(uri -> WEB.contains(String.valueOf(uri.getScheme())))
                .filter(uri -> uri.getUserInfo() == null && uri.getQuery() == null));
  }

  /** One or several, none of them twice. */
  static Kind<List<URI>> addresses() {
    Kind<URI> one = address();
    return new Kind<>(
        one.expectation() + "; several with commas between them",
        (text, base) -> {
          List<Optional<URI>> each =
              Arrays.stream(text.split(",", -1))
                  .map(part -> one.reader().read(part.strip(), base))
                  .toList();
          List<URI> read = each.stream().flatMap(Optional::stream).distinct().toList();
          return Optional.of(read).filter(all -> all.size() == each.size());
        });
  }

  /** Where a connection for events is opened. */
  static Kind<URI> gateway() {
    return new Kind<>(
        "an address such as wss://gateway.example.org, without a key in it",
        (text, base) ->
            uri(text)
                .filter(uri -> SOCKETS.contains(String.valueOf(uri.getScheme())))
                .filter(uri -> uri.getUserInfo() == null && uri.getQuery() == null));
  }

  /** A path is kept exactly as given, since Telegram asks for it. */
  static Kind<URI> webhook() {
    return new Kind<>(
        "an address such as https://bot.example.org/telegram, on port 443, 80, 88 or 8443, and not"
            + " /healthz",
        (text, base) ->
            uri(text)
                .filter(uri -> "https".equals(uri.getScheme()))
                .filter(uri -> WEBHOOK_PORTS.contains(uri.getPort()))
                .filter(uri -> !"/healthz".equals(uri.getPath()))
                .filter(uri -> uri.getUserInfo() == null)
                .filter(uri -> uri.getQuery() == null && uri.getFragment() == null));
  }

  /** A secret, since it may hold a password. */
  static Kind<Secret> proxy() {
    return new Kind<>(
        "http://host:port, http://user:password@host:port or socks5://host:port",
        (text, base) ->
            uri(text)
                .filter(uri -> uri.getPort() > 0 && uri.getPort() <= 65_535)
                .filter(uri -> uri.getPath().isEmpty() && uri.getQuery() == null)
                .filter(
                    uri ->
                        uri.getUserInfo() == null
                            ? PROXIES.contains(String.valueOf(uri.getScheme()))
                            : "http".equals(uri.getScheme()) && uri.getUserInfo().contains(":"))
                .map(uri -> new Secret(text)));
  }

  /** People by platform and number; the terminal's is not to be named. */
  static Kind<Set<PersonId>> people() {
    return new Kind<>(
        "people such as telegram:12345, discord:678; several with commas between them",
        (text, base) -> {
          Set<PersonId> read = new LinkedHashSet<>();
          for (String one : text.split(",", -1)) {
            if (!one.strip().matches("(telegram|discord):[0-9]{1,20}")) {
              return Optional.empty();
            }
            String[] parts = one.strip().split(":", -1);
            read.add(new PersonId(parts[0], parts[1]));
          }
          return Optional.of(read);
        });
  }

  /** Places by platform and number, as the platforms know them. */
  static Kind<Set<PlaceId>> places() {
    return new Kind<>(
        "places such as telegram:-100123, discord:456, or discord:guild-789 for a whole server;"
            + " several with commas between them",
        (text, base) -> {
          Set<PlaceId> read = new LinkedHashSet<>();
          for (String one : text.split(",", -1)) {
            if (!one.strip().matches("telegram:-?[0-9]{1,20}|discord:(guild-)?[0-9]{1,20}")) {
              return Optional.empty();
            }
            String[] parts = one.strip().split(":", -1);
            read.add(new PlaceId(parts[0], parts[1]));
          }
          return Optional.of(read);
        });
  }

  static Kind<Secret> webhookSecret() {
    return new Kind<>(
        "1 to 256 letters, digits, _ and -",
        (text, base) -> matching(text, "[A-Za-z0-9_-]{1,256}").map(Secret::new));
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Visible ASCII without blanks, as keys of servers are. */
  static Kind<Secret> secret() {
    return new Kind<>(
        "the key alone, without blanks and line ends",
        (text, base) -> matching(text, "[!-~]{1,4096}").map(Secret::new));
  }

  /** What people and places can set too: read as there, kept as text. */
  static Kind<String> setting(Setting<?> setting, String expectation) {
    return new Kind<>(
        expectation,
        (text, base) -> {
          try {
            setting.parse(text);
            return Optional.of(text);
          } catch (IllegalArgumentException e) {
            return Optional.empty();
          }
        });
  }

  /** This kind, or a word for having none. */
  Kind<Optional<T>> or(String word) {
    return new Kind<>(
        word + ", or " + expectation,
        (text, base) ->
            text.equalsIgnoreCase(word)
                ? Optional.of(Optional.empty())
                : reader.read(text, base).flatMap(value -> Optional.of(Optional.of(value))));
  }

  private static Optional<Path> path(String text, Path base) {
    try {
      return Optional.of(
          (text.startsWith("~/")
                  ? Path.of(System.getProperty("user.home")).resolve(text.substring(2))
                  : base.resolve(text))
              .toAbsolutePath()
              .normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> matching(String text, String pattern) {
    return Optional.of(text).filter(t -> t.matches(pattern));
  }

  private static Duration duration(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static String words(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + "d";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h";
    }
    return time.toMinutes() > 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
  }

  private static String alternatives(List<String> words) {
    return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
