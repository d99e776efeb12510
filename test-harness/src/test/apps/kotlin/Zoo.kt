/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package zoo

import dev.larder.Cache
import dev.larder.Larder
import java.math.BigDecimal

data class Money(val amount: BigDecimal, val currency: String = "EUR")

enum class Status { NEW, PAID }

data class Line(val item: String, var count: Int, val price: Money?)

data class Order(val id: Long, val lines: List<Line>, val byStatus: Map<Status, Set<Money>>, val note: String? = null)

sealed interface Payment {
    data class Card(val number: String, val charged: Boolean) : Payment

    object Cash : Payment
}

@JvmInline
value class Sku(val text: String)

data class Item(val sku: Sku, val tags: Set<Sku>)

data class Tree<T>(val value: T, val children: List<Tree<T>> = emptyList())

/** What Kotlin's own constructs make of values. */
class Zoo {
    @Cache("zoo")
    fun order(id: Long) =
        Order(id, listOf(Line("jar", 2, Money(BigDecimal("1.50"))), Line("tin", 1, null)), mapOf(Status.PAID to setOf(Money(BigDecimal.ONE))))

    @Cache("zoo")
    fun card(): Payment = Payment.Card("42", true)

    @Cache("zoo")
    fun cash(): Payment = Payment.Cash

    @Cache("zoo")
    fun payments(): List<Payment> = listOf(Payment.Cash, Payment.Card("1", false))

    @Cache("zoo")
    fun sku(): Sku = Sku("a-1")

    @Cache("zoo")
    fun item(): Item = Item(Sku("a-1"), setOf(Sku("b")))

    @Cache("zoo")
    fun tree(): Tree<Money> = Tree(Money(BigDecimal.TEN), listOf(Tree(Money(BigDecimal.ZERO, "USD"))))

    @Cache("zoo")
    fun pairs(): Pair<Int, Triple<String, Long?, Money>> = 1 to Triple("a", null, Money(BigDecimal.ONE))

    @Cache("zoo")
    fun range(): IntRange = 1..5

    @Cache("zoo")
    fun unsigned(): UInt = 4_000_000_000u

    @Cache("zoo")
    fun duration(): kotlin.time.Duration = kotlin.time.Duration.parse("PT1H")
}

private fun answer(name: String, call: () -> Any?) {
    val first = call()
    for (i in 1..3) {
        val hits = Larder.stats("zoo").hits()
        val next = call()
        if (next != first || first == Payment.Cash && next !== Payment.Cash) {
            println("zoo.$name=differs $next")
            return
        }
        if (Larder.stats("zoo").hits() > hits) {
            println("zoo.$name=hit")
            return
        }
    }
    println("zoo.$name=miss")
}

fun zoo() {
    val zoo = Zoo()
    val until = System.nanoTime() + 30_000_000_000
    while (Larder.stats("zoo").hits() == 0L && System.nanoTime() < until) {
        zoo.order(999)
        Thread.sleep(10)
    }
    answer("order") { zoo.order(1) }
    answer("card") { zoo.card() }
    answer("cash") { zoo.cash() }
    answer("payments") { zoo.payments() }
    answer("sku") { zoo.sku() }
    answer("item") { zoo.item() }
    answer("tree") { zoo.tree() }
    answer("pairs") { zoo.pairs() }
    answer("range") { zoo.range() }
    answer("unsigned") { zoo.unsigned() }
    answer("duration") { zoo.duration() }
}
