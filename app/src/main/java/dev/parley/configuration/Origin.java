package dev.parley.configuration;

/** Where a value comes from, said as people would look for it. */
public sealed interface Origin {
  /** A line of the configuration file, counted from 1; 0 for the file as a whole. */
  record InFile(String file, int line) implements Origin {
    @Override
    public String toString() {
      return line == 0 ? file : file + ", line " + line;
    }
  }

  /** An environment variable. */
  record InEnvironment(String variable) implements Origin {
    @Override
    public String toString() {
      return variable;
    }
  }

  /** Nobody set it. */
  record BuiltIn() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }
}
