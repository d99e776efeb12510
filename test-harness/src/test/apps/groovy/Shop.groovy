/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme

import dev.larder.Cache
import dev.larder.Larder
import groovy.transform.Canonical
import groovy.transform.CompileStatic

@Canonical
class Money {
    BigDecimal amount
    List<String> notes = []
}

trait Priced {
    int offset = 7

    @Cache('priced')
    String priced(long id) { "$id for ${Runs.next()}" }
}

class Runs {
    static int runs

    static int next() { ++runs }
}

class Shop implements Priced {
    Object gate = new Object()

    @Cache('money')
    Money money(int id) { new Money(amount: 1.50 + Runs.next()) }

    @Cache('greeting')
    Object greeting(String name) { "hello $name, ${Runs.next()}" }

    @Cache('defaults')
    String defaults(int id, int rebate = Runs.next()) { "$id less $rebate" }
}

@CompileStatic
@Cache('whole')
class Whole {
    String find(int id) { "$id by ${Runs.next()}" }
}

/** What an application in Groovy would see. */
class Asking implements Runnable {
    void run() {
        def shop = new Shop()
        answer('warm') { shop.money(0) } // by which time a backend is there
        Runs.runs = 0
        def first = shop.money(1)
        first.notes << 'mine'
        println "money=${shop.money(1)} ${shop.money(1).metaClass == first.metaClass}"
        def greeting = shop.greeting('ann')
        println "greeting=${greeting} ${shop.greeting('ann')} ${shop.greeting('ann') instanceof GString}"
        println "defaults=${shop.defaults(1) == shop.defaults(1)} ${shop.defaults(1, 2) == shop.defaults(1, 2)}"
        println "priced=${shop.priced(1) == shop.priced(1)} ${Larder.stats('priced').hits()}"
        def whole = new Whole()
        println "whole=${whole.find(1) == whole.find(1)}"
        whole.metaClass.named = { 'of its own' }
        println "named=${whole.named()} ${Larder.stats('whole').misses()}"
    }

    private static void answer(String name, Closure call) {
        long until = System.nanoTime() + 30_000_000_000
        while (Larder.stats('money').hits() == 0 && System.nanoTime() < until) {
            call()
            Thread.sleep(10)
        }
    }
}
