package dev.parley.model.catalogue;

import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.catalogue.ModelSource.HubFile;
import dev.parley.model.catalogue.ModelSource.LocalFile;
import dev.parley.model.catalogue.ModelSource.PackageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns one catalogue file into entries. */
final class CatalogueReader {
  private static final List<String> ENTRY_KEYS =
      List.of(
          "id",
          "name",
          "architecture",
          "languages",
          "size",
          "licence",
          "context",
          "minimum-memory-mb",
          "automatic",
          "short-system-prompt",
          "sampling",
          "template",
          "sources");
  private static final List<String> SAMPLING_KEYS =
      List.of("temperature", "top-k", "top-p", "min-p", "repetition-penalty", "frequency-penalty");
  private static final List<String> SOURCE_KEYS =
      List.of("path", "hub", "revision", "package", "file", "sha256");

  private final Path yaml;

  CatalogueReader(Path yaml) {
    this.yaml = yaml;
  }

  Catalogue read() {
    YamlMapping file = YamlMapping.of(yaml.toString(), root(), List.of("models"));
    Set<String> ids = new HashSet<>();
    return new Catalogue(
        file.mappings("models", ENTRY_KEYS).stream()
            .map(
                mapping -> {
                  CatalogueEntry entry = entry(mapping);
                  if (!ids.add(entry.id())) {
                    throw mapping.mistake("id", "names a model that is listed above already");
                  }
                  return entry;
                })
            .toList());
  }

  private Node root() {
    try {
      return new Compose(LoadSettings.builder().build())
          .composeString(Files.readString(yaml))
          .orElseThrow(() -> new ModelException(yaml + " is empty: it must list models."));
    } catch (YamlEngineException e) {
      throw new ModelException(yaml + " is not YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelException("The catalogue " + yaml + " cannot be read: " + e, e);
    }
  }

  private CatalogueEntry entry(YamlMapping mapping) {
    try {
      return new CatalogueEntry(
          mapping.text("id"),
          mapping.text("name"),
          mapping.text("architecture"),
          mapping.texts("languages"),
          mapping.count("size"),
          mapping.text("licence"),
          Math.toIntExact(mapping.count("context")),
          mapping.count("minimum-memory-mb") << 20,
          mapping.flag("automatic", true),
          mapping.flag("short-system-prompt", false),
          mapping
              .mapping("sampling", SAMPLING_KEYS)
              .map(this::sampling)
              .orElse(SamplingOptions.GREEDY),
          mapping.openMapping("template").map(YamlMapping::scalars).orElse(Map.of()),
          mapping.mappings("sources", SOURCE_KEYS).stream().map(this::source).toList());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw mapping.mistake(String.valueOf(e.getMessage()));
    }
  }

  private SamplingOptions sampling(YamlMapping mapping) {
    try {
      return new SamplingOptions(
          mapping.number("temperature", 0),
          (int) mapping.number("top-k", 0),
          mapping.number("top-p", 1),
          mapping.number("min-p", 0),
          mapping.number("repetition-penalty", 1),
          mapping.number("frequency-penalty", 0),
          OptionalLong.empty());
    } catch (IllegalArgumentException e) {
      throw mapping.mistake(String.valueOf(e.getMessage()));
    }
  }

  private ModelSource source(YamlMapping mapping) {
    String sha256 = mapping.text("sha256", "").toLowerCase(Locale.ROOT);
    try {
      if (mapping.has("path")) {
        return new LocalFile(localFile(mapping.text("path")), sha256);
      }
      if (mapping.has("hub")) {
        return new HubFile(
            mapping.text("hub"), mapping.text("revision", "main"), mapping.text("file"), sha256);
      }
      if (mapping.has("package")) {
        return new PackageFile(mapping.text("package"), mapping.text("file"), sha256);
      }
    } catch (IllegalArgumentException e) {
      throw mapping.mistake(String.valueOf(e.getMessage()));
    }
    throw mapping.mistake("a source needs one of the keys path, hub and package");
  }

  /** Relative paths start at the catalogue's folder. */
  private Path localFile(String path) {
    return yaml.toAbsolutePath().resolveSibling(path).normalize();
  }
}
