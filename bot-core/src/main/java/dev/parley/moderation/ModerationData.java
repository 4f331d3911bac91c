package dev.parley.moderation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads labelled texts in the shapes that they are published in, compressed by gzip or not. */
public final class ModerationData {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By the names of Markov et al. 2023, with the graver shades beside them. */
  private static final Map<Category, List<String>> OPENAI =
      Map.of(
          Category.SEXUAL, List.of("S", "S3"),
          Category.HATE, List.of("H", "H2"),
          Category.VIOLENCE, List.of("V", "V2"),
          Category.HARASSMENT, List.of("HR"),
          Category.SELF_HARM, List.of("SH"));

  private ModerationData() {}

  /**
   * Chinese texts that insult groups of people, or do not (COLDataset, Deng et al. 2022): JSON
   * lines with {@code TEXT} and {@code label}.
   */
  public static List<LabelledText> cold(Path file) throws IOException {
    List<LabelledText> texts = new ArrayList<>();
    for (JsonNode row : lines(file)) {
      boolean insults = row.path("label").asText().equals("1");
      texts.add(
          new LabelledText(
              text(row, "TEXT", file),
              insults ? Set.of(Category.HATE) : Set.of(),
              insults ? others(Category.HATE) : Set.of()));
    }
    return texts;
  }

  /**
   * English texts (Markov et al. 2023): JSON lines with {@code prompt} and 0 or 1 for categories.
   * One that was not looked for in any shade is unknown.
   */
  public static List<LabelledText> openAi(Path file) throws IOException {
    List<LabelledText> texts = new ArrayList<>();
    for (JsonNode row : lines(file)) {
      Set<Category> are = EnumSet.noneOf(Category.class);
      Set<Category> unknown = EnumSet.noneOf(Category.class);
      OPENAI.forEach(
          (category, names) -> {
            if (names.stream().anyMatch(name -> row.path(name).asInt() == 1)) {
              are.add(category);
            } else if (!row.has(names.getFirst())) {
              unknown.add(category);
            }
          });
      texts.add(new LabelledText(text(row, "prompt", file), are, unknown));
    }
    return texts;
  }

  /**
   * English comments that attack people, or do not (Surge AI): comma-separated with {@code text}
   * and {@code is_toxic}. Whether groups of people are meant is unknown.
   */
  public static List<LabelledText> toxicity(Path file) throws IOException {
    List<LabelledText> texts = new ArrayList<>();
    try (InputStream in = open(file);
        var rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      while (rows.hasNext()) {
        Map<String, String> row = rows.next();
        boolean toxic = "Toxic".equals(row.get("is_toxic"));
        texts.add(
            new LabelledText(
                row.getOrDefault("text", ""),
                toxic ? Set.of(Category.HARASSMENT) : Set.of(),
                toxic ? Set.of(Category.HATE, Category.VIOLENCE, Category.SEXUAL) : Set.of()));
      }
    }
    return texts;
  }

  /** A line each: a category's name or {@code -}, a tab, the text. */
  public static List<LabelledText> labelled(Path file) throws IOException {
    List<LabelledText> texts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("\t", 2);
      Optional<Category> category = Category.of(parts[0]);
      if (parts.length < 2 || (category.isEmpty() && !parts[0].equals("-"))) {
        throw new IOException("%s has a line without a category: %s".formatted(file, line));
      }
      Set<Category> are = category.map(Set::of).orElse(Set.of());
      // what threatens one may well be more than that
      texts.add(
          new LabelledText(parts[1], are, category.map(ModerationData::others).orElse(Set.of())));
    }
    return texts;
  }

  private static Set<Category> others(Category category) {
    return EnumSet.complementOf(EnumSet.of(category));
  }

  /**
   * Texts of which none is of any category: a line each, JSON lines with {@code instruction} and
   * its answers, or dialogues of KdConv (Zhou et al. 2020), whose {@code messages} have a {@code
   * message} each.
   */
  public static List<LabelledText> ordinary(Path file) throws IOException {
    List<LabelledText> texts = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      for (String line : in.lines().filter(line -> !line.isBlank()).toList()) {
        if (!line.startsWith("{")) {
          texts.add(ordinary(line.strip()));
          continue;
        }
        JsonNode row = JSON.readTree(line);
        if (row.has("messages")) {
          for (JsonNode turn : row.get("messages")) {
            texts.add(ordinary(text(turn, "message", file)));
          }
        } else {
          texts.add(ordinary(text(row, "instruction", file)));
          answers(row).forEach(answer -> texts.add(ordinary(answer)));
        }
      }
    }
    return texts;
  }

  /** What stands in the fields that Alpaca, GPTeacher and Self-Instruct have for answers. */
  private static List<String> answers(JsonNode row) {
    List<JsonNode> rows = new ArrayList<>(List.of(row));
    row.path("instances").forEach(rows::add);
    return rows.stream()
        .flatMap(each -> Stream.of(each.path("output"), each.path("response")))
        .filter(JsonNode::isTextual)
        .map(answer -> answer.textValue().strip())
        .filter(answer -> !answer.isEmpty())
        .toList();
  }

  private static LabelledText ordinary(String text) {
    return new LabelledText(text, Set.of(), Set.of());
  }

  private static String text(JsonNode row, String field, Path file) throws IOException {
    if (!row.path(field).isTextual()) {
      throw new IOException("%s has a line without '%s'.".formatted(file, field));
    }
    return row.get(field).textValue();
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      List<JsonNode> rows = new ArrayList<>();
      String line = in.readLine();
      while (line != null) {
        try {
          rows.add(JSON.readTree(line));
        } catch (JsonProcessingException e) {
          throw new IOException(
              "%s, line %,d is no JSON: %s"
                  .formatted(file, rows.size() + 1, e.getOriginalMessage()),
              e);
        }
        line = in.readLine();
      }
      return rows;
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }
}
