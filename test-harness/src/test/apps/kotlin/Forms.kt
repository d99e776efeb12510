/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache
import dev.larder.CachePut
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking

@JvmInline
value class Label(val text: String)

@JvmInline
value class Weight(val grams: Long)

/** What suspend functions give by value classes, which Kotlin passes boxed or not. */
class Forms {
    private val runs = AtomicInteger()

    @Cache("labels")
    suspend fun label(pause: Boolean): Label {
        if (pause) delay(1)
        return Label("run ${runs.incrementAndGet()}")
    }

    @Cache("results")
    suspend fun result(pause: Boolean): Result<String> {
        if (pause) delay(1)
        return Result.success("run ${runs.incrementAndGet()}")
    }

    @Cache("weights")
    suspend fun weight(pause: Boolean): Weight {
        if (pause) delay(1)
        return Weight(runs.incrementAndGet().toLong())
    }

    @Cache(value = "put", key = "{name}")
    suspend fun name(name: String) = "run ${runs.incrementAndGet()}"

    @CachePut(value = "put", key = "{name}")
    suspend fun put(name: String): Label {
        delay(1)
        return Label("put")
    }

    fun reset() = runs.set(0)
}

fun forms() = runBlocking {
    val forms = Forms()
    println("labels=${List(2) { forms.label(true).text }} ${List(2) { forms.label(false).text }}")
    forms.reset()
    println("results=${List(2) { forms.result(true).getOrThrow() }} ${List(2) { forms.result(false).getOrThrow() }}")
    forms.reset()
    println("weights=${List(2) { forms.weight(true).grams }} ${List(2) { forms.weight(false).grams }}")
    forms.reset()
    println("evicted=${List(2) { forms.name("jar") }} ${forms.put("jar").text} ${forms.name("jar")}")
}
