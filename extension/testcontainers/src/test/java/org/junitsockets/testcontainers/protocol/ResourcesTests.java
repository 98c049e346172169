package org.junitsockets.testcontainers.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResourcesTests {

    @Test
    void namesAreOfWhatLiesOnAClassPath() {
        assertThat(List.of("A.class", "org/example/A$B.class", "META-INF/services/x.Y", "a..b/c", ".hidden"))
                .allMatch(Resources::isLegal);
        assertThat(List.of(
                        "",
                        "/a",
                        "a/",
                        "a//b",
                        "../a",
                        "a/../b",
                        "a/..",
                        ".",
                        "a/./b",
                        "a\\b",
                        "a\u0000b",
                        "a\nb",
                        "c:/a",
                        "x".repeat(1025)))
                .noneMatch(Resources::isLegal);
    }

    @Test
    void theJdkIsEverywhere() {
        assertThat(Resources.isOfJdk("java/lang/Object.class")).isTrue();
        assertThat(Resources.isOfJdk("java/lang/NoSuchClass.class")).isTrue();
        assertThat(Resources.isOfJdk("javax/net/ssl/SSLEngine.class")).isTrue();
        assertThat(Resources.isOfJdk(Resources.ofClass(ResourcesTests.class.getName())))
                .isFalse();
    }
}
