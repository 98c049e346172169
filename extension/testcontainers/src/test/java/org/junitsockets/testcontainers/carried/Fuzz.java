package org.junitsockets.testcontainers.carried;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What can be wrong with frames. */
final class Fuzz {

    private Fuzz() {}

    /** Mutates, cuts, lengthens, repeats, swaps or invents some of them. */
    static void mutate(List<byte[]> frames, Random random) {
        int place = random.nextInt(frames.size());
        byte[] frame = frames.get(place).clone();
        switch (random.nextInt(7)) {
            case 0 -> {
                if (frame.length > 0) {
                    frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> frame = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            case 2 -> frame = Arrays.copyOf(frame, frame.length + random.nextInt(70_000));
            case 3 -> frames.add(random.nextInt(frames.size()), frame);
            case 4 -> Collections.swap(frames, place, random.nextInt(frames.size()));
            case 5 -> {
                frame = new byte[random.nextInt(200)];
                random.nextBytes(frame);
            }
            default -> frame = Peer.frame(random.nextInt(40), random.nextInt(5), new byte[random.nextInt(40)]);
        }
        frames.set(Math.min(place, frames.size() - 1), frame);
    }
}
