package dev.parley.model.engine;

import dev.parley.model.file.GgufFile;
import dev.parley.model.file.Metadata;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.template.ChatTemplate;
import dev.parley.model.tokenizer.Tokenizer;
import dev.parley.model.transformer.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All in one file. */
final class GgufModelFiles implements ModelFiles {
  private final GgufFile file;

  GgufModelFiles(Path path) throws IOException {
    this.file = GgufFile.open(path);
  }

  @Override
  public Checkpoint checkpoint() throws ModelFormatException {
    return Checkpoint.of(file);
  }

  @Override
  public Tokenizer tokenizer() throws IOException {
    return Tokenizer.fromGguf(file);
  }

  @Override
  public ChatTemplate template(Tokenizer tokenizer, Map<String, Object> options)
      throws IOException {
    List<String> tokens = file.metadata().strings("tokenizer.ggml.tokens");
    Map<String, Object> variables = new HashMap<>(options);
    variables.put("bos_token", token(tokens, "tokenizer.ggml.bos_token_id"));
    variables.put("eos_token", token(tokens, "tokenizer.ggml.eos_token_id"));
    return ChatTemplate.of(
        file.metadata()
            .string("tokenizer.chat_template")
            .orElseGet(() -> ChatTemplate.usual(tokenizer)),
        variables);
  }

  private String token(List<String> tokens, String key) throws ModelFormatException {
    long id = file.metadata().integer(key).orElse(-1);
    return id >= 0 && id < tokens.size() ? tokens.get((int) id) : "";
  }

  @Override
  public int bytesPerToken() {
    return 1_400;
  }

  @Override
  public Set<Integer> endTokens() throws ModelFormatException {
    Metadata meta = file.metadata();
    Set<Integer> ends = new HashSet<>();
    for (String key : List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id")) {
      meta.integer(key).ifPresent(id -> ends.add((int) id));
    }
    return ends;
  }

  @Override
  public Optional<String> name() throws ModelFormatException {
    return file.metadata().string("general.name");
  }

  @Override
  public Optional<String> licence() throws ModelFormatException {
    return file.metadata().string("general.license");
  }

  @Override
  public List<String> languages() throws ModelFormatException {
    return file.metadata().strings("general.languages");
  }

  @Override
  public void close() {
    file.close();
  }
}
