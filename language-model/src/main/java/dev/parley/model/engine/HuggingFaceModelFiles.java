package dev.parley.model.engine;

import dev.parley.model.file.JsonFile;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.template.ChatTemplate;
import dev.parley.model.tokenizer.Tokenizer;
import dev.parley.model.transformer.Checkpoint;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A folder as transformers writes it: weights in safetensors, {@code config.json}, {@code
 * tokenizer.json}, and where they are there {@code tokenizer_config.json}, {@code
 * chat_template.jinja} and {@code generation_config.json}.
 */
final class HuggingFaceModelFiles implements ModelFiles {
  private final Path folder;
  private final JsonFile config;
  private final SafetensorsFile weights;

  HuggingFaceModelFiles(Path path) throws IOException {
    this.folder =
        Files.isDirectory(path) ? path : Objects.requireNonNull(path.toAbsolutePath().getParent());
    this.config = JsonFile.read(required("config.json"));
    this.weights = SafetensorsFile.open(path);
  }

  Path folder() {
    return folder;
  }

  @Override
  public Checkpoint checkpoint() throws ModelFormatException {
    return Checkpoint.of(weights, config);
  }

  @Override
  public Tokenizer tokenizer() throws IOException {
    return Tokenizer.fromJson(required("tokenizer.json"));
  }

  @Override
  public ChatTemplate template(Tokenizer tokenizer, Map<String, Object> options)
      throws IOException {
    JsonFile described = JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"));
    Map<String, Object> variables = new HashMap<>(options);
    variables.put("bos_token", token(described, "bos_token"));
    variables.put("eos_token", token(described, "eos_token"));
    Optional<String> source = source(described);
    return ChatTemplate.of(source.orElseGet(() -> ChatTemplate.usual(tokenizer)), variables);
  }

  private Optional<String> source(JsonFile described) throws IOException {
    Path own = folder.resolve("chat_template.jinja");
    if (Files.exists(own)) {
      try {
        return Optional.of(Files.readString(own));
      } catch (CharacterCodingException e) {
        throw new ModelFormatException(own, "text", "expected UTF-8, found bytes that are not");
      }
    }
    if (!described.isList("chat_template")) {
      return described.string("chat_template");
    }
    for (JsonFile named : described.objects("chat_template")) {
      if (named.string("name").orElse("").equals("default")) {
        return named.string("template");
      }
    }
    return Optional.empty();
  }

  /** A token is written as text, or as an object with its text. */
  private static String token(JsonFile described, String key) throws ModelFormatException {
    return described.has(key + ".content")
        ? described.string(key + ".content").orElse("")
        : described.string(key).orElse("");
  }

  @Override
  public int bytesPerToken() {
    return 2_000;
  }

  @Override
  public Set<Integer> endTokens() throws IOException {
    JsonFile generation = JsonFile.readIfPresent(folder.resolve("generation_config.json"));
    Set<Integer> ends = new HashSet<>();
    for (JsonFile file : List.of(config, generation)) {
      file.integers("eos_token_id").forEach(id -> ends.add(id.intValue()));
    }
    return ends;
  }

  @Override
  public Optional<String> name() {
    return Optional.of(folder.getFileName().toString());
  }

  @Override
  public Optional<String> licence() {
    return Optional.empty();
  }

  @Override
  public List<String> languages() {
    return List.of();
  }

  @Override
  public void close() {
    weights.close();
  }

  private Path required(String name) throws ModelFormatException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelFormatException(folder, name, "expected this file in the folder, found none");
    }
    return file;
  }
}
