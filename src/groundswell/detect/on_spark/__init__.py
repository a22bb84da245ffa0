"""The links of data that outgrow one machine: counted and compared by Spark, number for number as on one.

    traces ──► shares ──► live ──► pairs ──► compared ──► chances ──► links          one table a step

Counting is done where the rows are, in whole numbers; what is summed in floating point is summed in the same order as
on one machine. So the links are the same to the last bit, which the tests ask of every scenario.
"""
