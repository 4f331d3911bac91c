package dev.parley.model.engine;

import dev.parley.model.file.ModelFormatException;
import dev.parley.model.template.ChatTemplate;
import dev.parley.model.tokenizer.Tokenizer;
import dev.parley.model.transformer.Adapter;
import dev.parley.model.transformer.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A folder with an adapter, and the files of the model that it belongs to. */
final class AdaptedModelFiles implements ModelFiles {
  private final Adapter adapter;
  private final ModelFiles base;
  private final String name;

  AdaptedModelFiles(Path folder) throws IOException {
    this.name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    this.adapter = Adapter.open(folder);
    try {
      this.base = ModelFiles.open(Adapter.base(folder));
    } catch (IOException | RuntimeException e) {
      adapter.close();
      throw e;
    }
  }

  @Override
  public Checkpoint checkpoint() throws ModelFormatException {
    return base.checkpoint().with(adapter);
  }

  @Override
  public Tokenizer tokenizer() throws IOException {
    return base.tokenizer();
  }

  @Override
  public ChatTemplate template(Tokenizer tokenizer, Map<String, Object> options)
      throws IOException {
    return base.template(tokenizer, options);
  }

  @Override
  public int bytesPerToken() {
    return base.bytesPerToken();
  }

  @Override
  public Set<Integer> endTokens() throws IOException {
    return base.endTokens();
  }

  @Override
  public Optional<String> name() throws ModelFormatException {
    Optional<String> of = base.name();
    return Optional.of(of.map(known -> known + ", " + name).orElse(name));
  }

  @Override
  public Optional<String> licence() throws ModelFormatException {
    return base.licence();
  }

  @Override
  public List<String> languages() throws ModelFormatException {
    return base.languages();
  }

  @Override
  public void close() {
    adapter.close();
    base.close();
  }
}
