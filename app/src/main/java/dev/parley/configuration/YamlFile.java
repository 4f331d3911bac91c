package dev.parley.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads {@code key: value} lines in levels out of a YAML 1.2 file and keeps where each stood. Works
 * on the parser's events, so that no tree is built: aliases cannot multiply, and depth and size are
 * bounded. What is not such a line is a finding.
 */
final class YamlFile {
  private static final int LARGEST = 256 * 1024;
  private static final int DEEPEST = 8;

  private final String name;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A line of the file.
   *
   * @param text empty where nothing stands behind the key
   */
  record Entry(Optional<String> text, Origin.InFile origin) {}

  /** Ends the reading; what was read before counts. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Finding finding;

    Unreadable(Finding finding) {
      super(finding.sentence());
      this.finding = finding;
    }
  }

  private YamlFile(String name) {
    this.name = name;
  }

  /** Reads a file, whatever is in it; {@code name} is how findings call it. */
  static YamlFile read(Path file, String name) {
    YamlFile yaml = new YamlFile(name);
    try {
      yaml.parse(yaml.decode(file));
    } catch (Unreadable e) {
      yaml.findings.add(e.finding);
    }
    return yaml;
  }

  /** The entries by their dotted key, in the order of the file. */
  Map<String, Entry> entries() {
    return entries;
  }

  List<Finding> findings() {
    return findings;
  }

  private String decode(Path file) throws Unreadable {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      throw unreadable(0, "cannot be read: check that the file is there and may be read");
    }
    if (bytes.length > LARGEST) {
      throw unreadable(0, "has more than " + LARGEST / 1024 + " KB: this is no configuration");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw unreadable(line(text, text.length()), "is not UTF-8: save the file in that encoding");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private void parse(String text) throws Unreadable {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!StreamReader.isPrintable(text.codePointAt(i))) {
        throw unreadable(line(text, i), "holds a control character: remove it");
      }
    }
    try {
      document(new Parse(LoadSettings.builder().build()).parseString(text).iterator());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(-1) + 1;
      boolean tab =
          text.lines().skip(Math.max(0, line - 1)).findFirst().orElse("").matches("\\s*\t.*");
      throw unreadable(line, tab ? "is indented with a tab: use spaces" : noYaml(e.getProblem()));
    } catch (YamlEngineException e) {
      throw unreadable(0, noYaml(e.getMessage()));
    }
  }

  private static String noYaml(@Nullable String why) {
    return "is no YAML (%s): look there and just above for a quote or bracket left open"
        .formatted(why);
  }

  private void document(Iterator<Event> events) throws Unreadable {
    boolean seen = false;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent && seen) {
        throw unreadable(line(event), "begins a second document: everything belongs in one");
      }
      seen |= event instanceof DocumentStartEvent;
      if (event instanceof MappingStartEvent mapping) {
        requirePlain(mapping);
        mapping(events, "", 1);
      } else if (event instanceof NodeEvent && !isNothing(event)) {
        throw unreadable(line(event), "is no `key: value` line");
      }
    }
  }

  private void mapping(Iterator<Event> events, String prefix, int depth) throws Unreadable {
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      requirePlain(event);
      if (!(event instanceof ScalarEvent key)) {
        throw unreadable(line(event), "is no `key: value` line");
      }
      value(events, prefix + key.getValue(), line(event), depth);
      event = events.next();
    }
  }

  private void value(Iterator<Event> events, String key, int line, int depth) throws Unreadable {
    Event value = events.next();
    requirePlain(value);
    switch (value) {
      case MappingStartEvent _ when depth == DEEPEST ->
          throw unreadable(line, "nests too deep: there are no such keys");
      case MappingStartEvent _ -> mapping(events, key + ".", depth + 1);
      case SequenceStartEvent _ -> {
        findings.add(Finding.error(at(line), key, key + " is a list: give one value"));
        skip(events);
      }
      case ScalarEvent scalar -> {
        Optional<String> text =
            isNothing(scalar) ? Optional.empty() : Optional.of(scalar.getValue());
        Entry before = entries.putIfAbsent(key, new Entry(text, at(line)));
        if (before != null) {
          findings.add(
              Finding.error(
                  at(line),
                  key,
                  key + " is set in line " + before.origin().line() + " already: keep one"));
        }
      }
      default -> throw unreadable(line, "is no `key: value` line");
    }
  }

  private static void skip(Iterator<Event> events) {
    for (int open = 1; open > 0; ) {
      open +=
          switch (events.next().getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
          };
    }
  }

  /** Refuses what YAML can do beyond this file's needs. */
  private void requirePlain(Event event) throws Unreadable {
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw unreadable(line(event), "uses an anchor (&) or alias (*): write the value itself");
    }
    if ((event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
        || (event instanceof CollectionStartEvent collection && collection.getTag().isPresent())) {
      throw unreadable(line(event), "uses a tag (!): write the value itself");
    }
  }

  private static boolean isNothing(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && (scalar.getValue().isEmpty()
            || scalar.getValue().equals("~")
            || scalar.getValue().equals("null"));
  }

  private Unreadable unreadable(int line, String sentence) {
    return new Unreadable(Finding.error(at(line), "", sentence));
  }

  private Origin.InFile at(int line) {
    return new Origin.InFile(name, line);
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }

  private static int line(String text, int end) {
    return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }
}
