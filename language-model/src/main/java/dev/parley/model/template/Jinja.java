package dev.parley.model.template;

import com.google.common.collect.SetMultimap;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import com.hubspot.jinjava.tree.Node;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ExpressionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A text in Jinja, read once, to be rendered many times in a sandbox: with bounds on what it writes
 * and uses. Thread-safe.
 */
final class Jinja {
  private static final long MOST_OUTPUT = 16L << 20;

  /**
   * Bytes a rendering may allocate: some hundred times what a long chat needs. It bounds memory
   * and, because every turn of a loop takes some, time too.
   */
  private static final long MOST_MEMORY = 256L << 20;

  private static final ThreadMXBean MEMORY =
      (ThreadMXBean) ManagementFactory.getThreadMXBean(); // of HotSpot and OpenJ9

  /** What the thread had allocated when its rendering began. */
  private static final ScopedValue<Long> BEGAN_AT = ScopedValue.newInstance();

  /** Tags that read what is not the model's; filters that make gigabytes at one stroke. */
  private static final Map<Context.Library, Set<String>> DISABLED =
      Map.of(
          Context.Library.TAG, Set.of("include", "import", "from", "extends"),
          Context.Library.FILTER, Set.of("center", "format", "indent"));

  /** Functions are no variables to jinjava, but templates ask whether they are defined. */
  private static final Set<String> FUNCTIONS =
      Set.of("namespace", "raise_exception", "range", "strftime_now");

  private static final Engine ENGINE = new Engine(config());

  private final Node root;
  private final List<TemplateError> errors;

  private Jinja(Node root, List<TemplateError> errors) {
    this.root = root;
    this.errors = List.copyOf(errors);
  }

  /** Never fails: what is wrong with a source is said where it is rendered. */
  static Jinja parse(String source) {
    JinjavaInterpreter interpreter = interpreter(Map.of());
    // as Jinja2 does unless keep_trailing_newline is set
    String kept = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
    try {
      return new Jinja(interpreter.parse(kept), interpreter.getErrorsCopy());
    } catch (RuntimeException e) {
      return new Jinja(interpreter.parse(""), List.of(TemplateError.fromException(e)));
    }
  }

  /**
   * Renders it.
   *
   * @throws TemplateException where it fails or refuses these variables
   */
  String render(Map<String, Object> variables) {
    check(errors);
    JinjavaInterpreter interpreter = interpreter(variables);
    String rendered;
    try {
      rendered =
          ScopedValue.where(BEGAN_AT, MEMORY.getCurrentThreadAllocatedBytes())
              .call(() -> interpreter.render(root));
    } catch (RuntimeException e) {
      check(interpreter.getErrorsCopy());
      throw reason(e, e.getMessage());
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new TemplateException("it nests too deep or grows too large");
    }
    check(interpreter.getErrorsCopy());
    return rendered;
  }

  private static JinjavaInterpreter interpreter(Map<String, Object> variables) {
    Map<String, Object> all = new HashMap<>();
    FUNCTIONS.forEach(name -> all.put(name, true));
    all.putAll(variables);
    Context context = new Context(ENGINE.getGlobalContext(), all, DISABLED);
    return new Interpreter(context);
  }

  private static void check(List<TemplateError> errors) {
    for (TemplateError error : errors) {
      if (error.getSeverity() == TemplateError.ErrorType.FATAL) {
        throw reason(error.getException(), error.getMessage());
      }
    }
  }

  /** The template's own words, where it refuses the messages, are the cause of jinjava's. */
  private static TemplateException reason(@Nullable Throwable failure, @Nullable String message) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TemplateException own) {
        return own;
      }
    }
    return new TemplateException(String.valueOf(message));
  }

  private static void checkMemory() {
    if (MEMORY.getCurrentThreadAllocatedBytes() - BEGAN_AT.get() > MOST_MEMORY) {
      throw new TemplateException("it does more than any chat needs");
    }
  }

  private static JinjavaConfig config() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new TextMethods(MOST_OUTPUT));
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    return JinjavaConfig.newBuilder()
        .withTrimBlocks(true)
        .withLstripBlocks(true)
        .withMaxOutputSize(MOST_OUTPUT)
        .withMaxStringLength(MOST_OUTPUT)
        .withNestedInterpretationEnabled(false) // else people's text is a template itself
        .withElResolver(resolver)
        .withProcessors(
            JinjavaProcessors.newBuilder()
                .withNodePreProcessor((node, interpreter) -> checkMemory())
                .build())
        .withMaxRenderDepth(20)
        .withEnableRecursiveMacroCalls(false)
        .withLegacyOverrides(
            LegacyOverrides.newBuilder()
                .withEvaluateMapKeys(true)
                .withIterateOverMapKeys(true)
                .withUsePyishObjectMapper(true)
                .withUseNaturalOperatorPrecedence(true)
                .withParseWhitespaceControlStrictly(true)
                .withUseTrimmingForNotesAndExpressions(true)
                .withKeepNullableLoopValues(true)
                .build())
        .build();
  }

  /** For one rendering; confined to one thread. */
  private static final class Interpreter extends JinjavaInterpreter {
    Interpreter(Context context) {
      super(ENGINE, context, ENGINE.getGlobalConfig());
    }

    /** A text is written as it is; jinjava would make JSON of it and a text of that. */
    @Override
    public String getAsString(@Nullable Object value) {
      return value instanceof String text ? text : super.getAsString(value);
    }
  }

  /** Jinjava with the grammar of Jinja and one global context for all renderings. Thread-safe. */
  private static final class Engine extends Jinjava {
    /** Expressions of the templates in use; a template has some hundred. */
    private static final int CACHED = 1000;

    private final Context globals = new Globals();
    private final ExpressionFactory expressions =
        new ExpressionFactoryImpl(
            new TreeStore(new JinjaParser.Grammar(), new Cache(CACHED)), new TruthyTypeConverter());

    Engine(JinjavaConfig config) {
      super(config);
    }

    @Override
    public Context getGlobalContext() {
      return globals;
    }

    @Override
    public ExpressionFactory getExpressionFactory() {
      return expressions;
    }
  }

  /**
   * The tags, filters and functions. Jinjava would copy them for each rendering, which takes longer
   * than most renderings, because contexts tell their parents what they have resolved. Nobody asks
   * this one: it forgets that, which leaves it immutable.
   */
  private static final class Globals extends Context {
    private final List<ELFunctionDefinition> functions;

    Globals() {
      registerFunction(function("raise_exception", "raiseException"));
      registerFunction(function("strftime_now", "strftimeNow"));
      functions = List.copyOf(super.getAllFunctions());
    }

    private static ELFunctionDefinition function(String name, String method) {
      return new ELFunctionDefinition("", name, TemplateFunctions.class, method, String.class);
    }

    /** Asked for by each rendering. */
    @Override
    public List<ELFunctionDefinition> getAllFunctions() {
      return functions;
    }

    @Override
    public void addResolvedExpression(String expression) {}

    @Override
    public void addResolvedValue(String value) {}

    @Override
    public void addResolvedFunction(String function) {}

    @Override
    public void addDependency(String type, String identification) {}

    @Override
    public void addDependencies(SetMultimap<String, String> dependencies) {}

    @Override
    public @Nullable MacroFunction getGlobalMacro(String name) {
      return null;
    }
  }
}
