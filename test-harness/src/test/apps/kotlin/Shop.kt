/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache
import dev.larder.CacheEvict
import dev.larder.CachePut
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

val runs = AtomicInteger()

data class Price(val item: String, val cents: Int)

open class Shop {
    var gate = CompletableDeferred<Unit>()

    @Cache(value = "prices", key = "{item}")
    suspend fun price(item: String): Price {
        delay(20)
        val cents = runs.incrementAndGet()
        yield()
        return Price(item, cents)
    }

    @CacheEvict(value = "prices", key = "{item}")
    suspend fun change(item: String) {
        delay(1)
    }

    @CachePut(value = "prices", key = "{item}")
    suspend fun put(item: String, cents: Int): Price {
        delay(1)
        return Price(item, cents)
    }

    @Cache("quick")
    suspend fun quick(id: Long): String? = if (id > 0) "run " + runs.incrementAndGet() else null

    @Cache("tail")
    suspend fun tail(id: Long) = later(id)

    private suspend fun later(id: Long): Int {
        delay(5)
        return id.toInt() + runs.incrementAndGet()
    }

    @Cache("open")
    open suspend fun open(id: Long): List<String> {
        delay(1)
        return mutableListOf("run " + runs.incrementAndGet())
    }

    @Cache("sum")
    suspend fun sum(n: Int): Int {
        runs.incrementAndGet()
        if (n == 0) return 0
        delay(1)
        val below = sum(n - 1)
        delay(1)
        return below + n
    }

    @Cache("self")
    suspend fun self(id: Long): String {
        if (runs.incrementAndGet() > 1) return "inner"
        delay(1)
        return withContext(Dispatchers.IO) { self(id) }
    }

    @Cache("gated")
    suspend fun gated(id: Long): String {
        val run = runs.incrementAndGet()
        val mine = gate
        mine.await()
        check(run != 1) { "own" }
        return "run $run"
    }

    @Cache("kept")
    suspend fun kept(id: Long): String {
        delay(1)
        error("kept ${runs.incrementAndGet()}")
    }

    private val pings = AtomicInteger()
    private val pongs = AtomicInteger()
    private val met = CompletableDeferred<Unit>()

    @Cache("ping")
    suspend fun ping(id: Long): String {
        if (pings.incrementAndGet() > 1) return "ping again"
        meet()
        return "ping of " + pong(id)
    }

    @Cache("pong")
    suspend fun pong(id: Long): String {
        if (pongs.incrementAndGet() > 1) return "pong again"
        meet()
        return "pong of " + ping(id)
    }

    private suspend fun meet() {
        if (pings.get() == 1 && pongs.get() == 1) met.complete(Unit)
        met.await()
        yield()
    }

    fun played() = pings.get() + pongs.get()
}

fun main() = runBlocking {
    val shop = Shop()
    val prices = withContext(Dispatchers.Default) { List(64) { async { shop.price("jar") } }.awaitAll() }
    println("once=${prices.distinct()} runs=$runs")
    shop.change("jar")
    println("evicted=${shop.price("jar").cents}")
    shop.put("jar", 77)
    println("put=${shop.price("jar").cents}")

    runs.set(0)
    println("quick=${shop.quick(1)} ${shop.quick(1)} ${shop.quick(0)} ${shop.quick(0)}")
    runs.set(0)
    println("tail=${shop.tail(1)} ${shop.tail(1)}")
    runs.set(0)
    (shop.open(1) as MutableList).clear()
    println("open=${shop.open(1)}")
    runs.set(0)
    println("sum=${shop.sum(5)} ${shop.sum(5)} ${shop.sum(4)} runs=$runs")
    runs.set(0)
    println("self=${shop.self(1)} runs=$runs")

    val one = Executors.newSingleThreadExecutor { Thread(it, "one").apply { isDaemon = true } }
    withContext(one.asCoroutineDispatcher()) {
        val tail = shop.tail(2)
        val led = Thread.currentThread().name
        val first = async { shop.price("dispatched") }
        shop.price("dispatched")
        first.await()
        println("threads=$led ${Thread.currentThread().name} ${tail > 0}")
    }

    runs.set(0)
    val results = List(4) { async(start = CoroutineStart.UNDISPATCHED) { runCatching { shop.gated(1) } } }
    val first = shop.gate
    shop.gate = CompletableDeferred(Unit)
    first.complete(Unit)
    println("taken over=${results.awaitAll().map { it.getOrElse { failure -> failure.message } }} runs=$runs")

    runs.set(10)
    shop.gate = CompletableDeferred()
    val leader = launch(start = CoroutineStart.UNDISPATCHED) { shop.gated(2) }
    val follower = async(start = CoroutineStart.UNDISPATCHED) { shop.gated(2) }
    val impatient = launch(start = CoroutineStart.UNDISPATCHED) { shop.gated(2) }
    withTimeout(5_000) { impatient.cancelAndJoin() }
    leader.cancel(CancellationException("enough"))
    shop.gate.complete(Unit)
    println("cancelled=${follower.await()} ${impatient.isCancelled} runs=$runs")

    runs.set(0)
    val kept = List(2) { runCatching { shop.kept(1) }.exceptionOrNull() }
    println("kept=${kept[0] === kept[1]} ${kept[0]?.message} runs=$runs")

    withContext(Dispatchers.Default) {
        val ping = async { shop.ping(1) }
        val pong = async { shop.pong(1) }
        val ends = withTimeout(5_000) { listOf(ping.await().take(12), pong.await().take(12)) }
        println("circle=$ends runs=${shop.played()}")
    }
}
