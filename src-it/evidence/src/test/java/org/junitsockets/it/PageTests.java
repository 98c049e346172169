package org.junitsockets.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junitsockets.Transport;
import org.junitsockets.transcript.Conversation;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A reader opens the page of real conversations, and sees what was said. */
@Needs(
        value = "chromium",
        commands = {"chromium", "chromedriver"})
@TestInstance(Lifecycle.PER_CLASS)
class PageTests {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path SCREENSHOTS = TARGET.resolve("screenshots");

    private Path directory;
    private Path page;
    private Browser browser;

    @BeforeAll
    void writeThePage() throws Exception {
        Conversation reset = Talks.of(Transport.TCP, (client, peer) -> {
            Talks.pingPong(client, peer);
            Talks.write(client, "<script>document.title = 'taken over'</script>\r\n");
            peer.readLine();
            peer.checkpoint("markup has come");
            peer.write(new byte[] {(byte) 0xC3, '(', 0, 1, 2, 3, (byte) 0xFF}).rst();
        });
        Conversation longer = Talks.of(Transport.TCP, (client, peer) -> {
            Talks.exchange(client, peer, 1_000);
            client.close();
            peer.expectEnd().close();
        });
        // No temporary directory: the browser may still write to its profile after it has said goodbye.
        Files.createDirectories(SCREENSHOTS);
        directory = Files.createTempDirectory(TARGET, "page");
        page = Talks.write(directory, reset, longer).resolve("transcript.html");
        browser = Browser.start(directory.resolve("profile"), true);
    }

    @AfterAll
    void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private Browser open(int width, int height, String scheme) {
        return browser.open(page, width, height, scheme);
    }

    @Test
    void whatWasSaidCanBeSeen() {
        open(1280, 1600, "light");
        assertThat(browser.element("h1").getText()).isEqualTo("RetryTests > retriesAfterReset(SocketServer)");
        assertThat(browser.element(".failure").getText())
                .isEqualTo("expected: \"PONG\"\n but was: nothing & <b>more</b>");
        assertThat(browser.texts(".remarks li"))
                .containsExactly("Seed 4711", "Raw channels of 'db' are recorded at the server's end only.");
        assertThat(browser.texts("#c1 .entry .brief"))
                .containsExactly(
                        "PING\\r\\n",
                        "PONG\\r\\n",
                        "<script>document.title = 'taken over'</script>\\r\\n",
                        "c3 28 00 01 02 03 ff");
        assertThat(browser.texts("#c1 .dump .hex"))
                .startsWith("50 49 4e 47 0d 0a", "50 4f 4e 47 0d 0a")
                .endsWith("c3 28 00 01 02 03 ff");
        assertThat(browser.texts("#c1 .dump .text"))
                .startsWith("PING··", "PONG··")
                .endsWith("·(·····");
        assertThat(browser.texts("#c1 .note"))
                .containsExactly("server: accepted", "server: checkpoint 'markup has come'", "server: rst()");
        assertThat(browser.texts("#c2 .flag")).containsExactly("FIN", "FIN");
        assertThat(browser.title()).isEqualTo("RetryTests > retriesAfterReset(SocketServer) - transcript");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatTheClientSentGoesToTheRightAndWhatTheServerSentToTheLeft() {
        open(1280, 1600, "light");
        WebElement fromClient = browser.element("#c1 .c2s .brief");
        WebElement fromServer = browser.element("#c1 .s2c .brief");
        assertThat(fromClient.getLocation().x).isLessThan(fromServer.getLocation().x);
        assertThat(browser.texts("#c1 .ends .end"))
                .satisfiesExactly(
                        client -> assertThat(client).startsWith("Client 127.0.0.1:"),
                        server -> assertThat(server).startsWith("Server 127.0.0.1:"));
    }

    @Test
    void longPayloadsOpenAtAClickOrByKeyboard() {
        open(1280, 1600, "light");
        assertThat(browser.visible("#c2 .dump")).isEmpty();
        browser.element("#c2 summary").click();
        assertThat(browser.texts("#c2 .dump .text"))
                .singleElement()
                .asString()
                .startsWith("line 0·line 1·li\nne 2·line 3·line\n");
        browser.element("#c2 summary").sendKeys(Keys.ENTER);
        assertThat(browser.visible("#c2 .dump")).isEmpty();
        browser.element("#open").click();
        assertThat(browser.visible(".dump")).hasSizeGreaterThan(5);
        browser.element("#close").click();
        assertThat(browser.visible(".dump")).isEmpty();
    }

    @Test
    void aDirectionOrEventsCanBeLeftOut() {
        open(1280, 1600, "light");
        int all = browser.visible(".entry").size();
        browser.element("[name=way][value=c2s]").click();
        assertThat(browser.texts("#c1 .brief")).containsExactly("PONG\\r\\n", "c3 28 00 01 02 03 ff");
        assertThat(browser.visible("#c1 .note")).isNotEmpty();
        browser.element("[name=way][value=event]").click();
        assertThat(browser.visible(".note")).isEmpty();
        browser.await("#count", browser.visible(".entry").size() + " of " + all + " entries");
        browser.element("[name=way][value=s2c]").click();
        assertThat(browser.visible(".entry")).isEmpty();
        assertThat(browser.element("#nothing").isDisplayed()).isTrue();
    }

    @Test
    void oneConnectionCanBeShownAlone() {
        open(1280, 1600, "light");
        browser.element("#connection").sendKeys(Keys.DOWN, Keys.DOWN);
        assertThat(browser.visible("main > section"))
                .extracting(section -> section.getAttribute("id"))
                .containsExactly("c2");
    }

    @Test
    void aSearchFindsTextAndCounts() {
        open(1280, 1600, "light");
        int all = browser.visible(".entry").size();
        WebElement query = browser.element("#query");
        query.sendKeys("ng\\r\\n");
        browser.await("#count", "2 of " + all + " entries");
        assertThat(browser.texts(".brief")).containsExactly("PING\\r\\n", "PONG\\r\\n");
        query.sendKeys(Keys.ENTER);
        browser.await("#count", "2 of " + all + " entries, at 1");
        query.sendKeys(Keys.chord(Keys.SHIFT, Keys.ENTER));
        browser.await("#count", "2 of " + all + " entries, at 2");
        query.clear();
        query.sendKeys("checkpoint");
        browser.await("#count", "1 of " + all + " entries");
        assertThat(browser.texts(".note")).containsExactly("server: checkpoint 'markup has come'");
        query.clear();
        query.sendKeys("no such thing");
        browser.await("#count", "0 of " + all + " entries");
        assertThat(browser.element("#nothing").isDisplayed()).isTrue();
    }

    @Test
    void aSearchFindsHexAndWhatIsFarDownInALongPayload() {
        open(1280, 1600, "light");
        int all = browser.visible(".entry").size();
        WebElement query = browser.element("#query");
        query.sendKeys("28 00 01");
        browser.await("#count", "1 of " + all + " entries");
        assertThat(browser.texts(".brief")).containsExactly("c3 28 00 01 02 03 ff");
        assertThat(browser.evaluate("CSS.highlights.get('hit').size")).isEqualTo(3L); // summary, hex and text
        query.clear();
        query.sendKeys("\\xFF");
        browser.await("#count", "1 of " + all + " entries");
        query.clear();
        query.sendKeys("line 99");
        browser.await("#count", "2 of " + all + " entries");
        assertThat(browser.visible("#c2 .dump")).isEmpty();
        query.sendKeys(Keys.ENTER);
        browser.await("#count", "2 of " + all + " entries, at 1");
        assertThat(browser.visible("#c2 .dump")).hasSize(1);
    }

    @Test
    void aDarkMachineGetsADarkPage() throws Exception {
        open(1280, 1600, "light");
        assertThat(background()).allMatch(colour -> colour > 230);
        open(1280, 1600, "dark");
        assertThat(background()).allMatch(colour -> colour < 40);
        assertThat(keep("dark").getRGB(2, 2) & 0xFF).isLessThan(40);
    }

    private IntStream background() {
        String colour = browser.element("body").getCssValue("background-color");
        return IntStream.of(Arrays.stream(colour.replaceAll("[^0-9,]", "").split(","))
                .limit(3)
                .mapToInt(Integer::parseInt)
                .toArray());
    }

    @Test
    void aNarrowWindowIsEnough() throws Exception {
        open(360, 900, "light");
        browser.element("#open").click();
        assertThat((Long) browser.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(360);
        assertThat(browser.texts("#c1 .brief")).startsWith("PING\\r\\n", "PONG\\r\\n");
        keep("narrow");
    }

    @Test
    void aScreenshotHasMoreThanOneColour() throws Exception {
        open(1280, 1600, "light");
        BufferedImage image = keep("light");
        assertThat(image.getWidth()).isEqualTo(1280);
        assertThat(image.getHeight()).isEqualTo(1600);
        long colours = IntStream.range(0, image.getWidth() * image.getHeight())
                .map(at -> image.getRGB(at % image.getWidth(), at / image.getWidth()))
                .distinct()
                .count();
        assertThat(colours).isGreaterThan(50);
    }

    private BufferedImage keep(String name) throws Exception {
        byte[] screenshot = browser.screenshot();
        Files.write(SCREENSHOTS.resolve(name + ".png"), screenshot);
        return ImageIO.read(new ByteArrayInputStream(screenshot));
    }

    @Test
    void withoutScriptsAllOfItCanBeRead() throws Exception {
        Path profile = directory.resolve("profile-without-scripts");
        try (Browser plain = Browser.start(profile, false).open(page, 1280, 1600, "light")) {
            assertThat(plain.visible("#controls")).isEmpty();
            assertThat(plain.texts("#c1 .brief"))
                    .containsExactly(
                            "PING\\r\\n",
                            "PONG\\r\\n",
                            "<script>document.title = 'taken over'</script>\\r\\n",
                            "c3 28 00 01 02 03 ff");
            assertThat(plain.texts("#c1 .note")).contains("server: rst()");
            for (WebElement summary : plain.visible("details:not([open]) > summary")) {
                summary.click();
            }
            assertThat(String.join("", plain.texts(".dump .text")))
                    .contains("line 0·line 1·li", "<script>document\n.title");
            assertThat(plain.visible(".dump")).hasSameSizeAs(plain.visible("details"));
        }
    }
}
