package dev.parley.model.engine;

import dev.parley.model.ModelException;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.template.ChatTemplate;
import dev.parley.model.tokenizer.Tokenizer;
import dev.parley.model.transformer.Adapter;
import dev.parley.model.transformer.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model apart, for whoever trains it: its network, and how text becomes the tokens it reads.
 * Thread-safe; closing it closes all.
 */
public final class ModelParts implements AutoCloseable {
  /** Spellings by which the known families end an answer, beside the file's own end token. */
  private static final List<String> END_TOKENS =
      List.of(
          "<|im_end|>",
          "<|eot_id|>",
          "<|end_of_text|>",
          "<|endoftext|>",
          "<|end|>",
          "<end_of_turn>",
          "</s>");

  private final Path path;
  private final ModelFiles files;
  private final Checkpoint checkpoint;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final Set<Integer> ends;

  private ModelParts(
      Path path,
      ModelFiles files,
      Checkpoint checkpoint,
      Tokenizer tokenizer,
      ChatTemplate template,
      Set<Integer> ends) {
    this.path = path;
    this.files = files;
    this.checkpoint = checkpoint;
    this.tokenizer = tokenizer;
    this.template = template;
    this.ends = Set.copyOf(ends);
  }

  /**
   * Opens a model's files; no weight is read.
   *
   * @param path as for {@link LocalModel#load}
   * @param templateOptions variables for the chat template
   * @throws ModelFormatException where a file is malformed or of a family this version does not run
   */
  public static ModelParts open(Path path, Map<String, Object> templateOptions) throws IOException {
    ModelLoader.stayOffline();
    ModelFiles files = ModelFiles.open(path);
    try {
      Checkpoint checkpoint = files.checkpoint();
      Tokenizer tokenizer = files.tokenizer();
      try {
        checkFits(tokenizer, checkpoint, path);
        return new ModelParts(
            path,
            files,
            checkpoint,
            tokenizer,
            files.template(tokenizer, templateOptions),
            endTokens(files, tokenizer));
      } catch (IOException | RuntimeException | Error e) {
        tokenizer.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  static void checkFits(Tokenizer tokenizer, Checkpoint checkpoint, Path path)
      throws ModelFormatException {
    if (tokenizer.vocabularySize() > checkpoint.vocabulary()) {
      throw new ModelFormatException(
          path,
          "vocabulary",
          "expected at most %d tokens as the weights have, found %d"
              .formatted(checkpoint.vocabulary(), tokenizer.vocabularySize()));
    }
  }

  static Set<Integer> endTokens(ModelFiles files, Tokenizer tokenizer) throws IOException {
    Set<Integer> ends = new HashSet<>(files.endTokens());
    for (String spelling : END_TOKENS) {
      tokenizer.controlToken(spelling).ifPresent(ends::add);
    }
    return ends;
  }

  public Checkpoint checkpoint() {
    return checkpoint;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  public ChatTemplate template() {
    return template;
  }

  /** Ids of the tokens that end an answer. */
  public Set<Integer> endTokens() {
    return ends;
  }

  /**
   * The token that ends a plain text: of several that the files name the one with the lowest id,
   * which came into the vocabulary before those of chats.
   *
   * @throws ModelException where there is none
   */
  public int plainEnd() throws IOException {
    Set<Integer> own = files.endTokens();
    if (own.isEmpty() && ends.isEmpty()) {
      throw new ModelException(path + " names no token that ends a text.");
    }
    return Collections.min(own.isEmpty() ? ends : own);
  }

  /** Where the model lies. */
  public Path path() {
    return path;
  }

  /** The model that an adapter belongs to; the same as {@link #path} where there is none. */
  public Path base() throws IOException {
    return Adapter.isIn(path) ? Adapter.base(path) : path;
  }

  /** The folder as transformers writes it; empty for a GGUF file and for an adapter. */
  public Optional<Path> folder() {
    return files instanceof HuggingFaceModelFiles own
        ? Optional.of(own.folder())
        : Optional.empty();
  }

  /** Changes where the model's files do: their names, sizes and times. */
  public String identity() throws IOException {
    return Fingerprint.ofFiles(path);
  }

  @Override
  public void close() {
    tokenizer.close();
    files.close();
  }
}
