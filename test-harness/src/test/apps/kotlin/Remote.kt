/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache
import dev.larder.CacheEvict
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking

private val suspendRuns = AtomicInteger()
private val suspendGate = CompletableDeferred<Unit>()

/** What the application asyncremote has of Kotlin's. */
class Remote {
    private fun run() = "${ProcessHandle.current().pid()}-s${suspendRuns.incrementAndGet()}"

    @Cache(value = "suspend", key = "{id}")
    suspend fun find(id: Long): Price {
        delay(1)
        return Price(run(), id.toInt())
    }

    @CacheEvict(value = "suspend", key = "{id}")
    suspend fun drop(id: Long) {
        delay(1)
    }

    @Cache("slowSuspend")
    suspend fun slow(id: Long): String {
        val run = run()
        suspendGate.await()
        return run
    }
}

private val remote = Remote()

fun find(id: Long): Price = runBlocking { remote.find(id) }

fun drop(id: Long) = runBlocking { remote.drop(id) }

fun slow(id: Long): String = runBlocking { remote.slow(id) }

fun open() = suspendGate.complete(Unit)

fun runs(): Int = suspendRuns.get()
