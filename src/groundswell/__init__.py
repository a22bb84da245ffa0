"""Measures coordinated campaigns in social media posts, and shows the posts behind every claim.

The verbs of the command line are functions of `groundswell.pipeline`:

    from groundswell import pipeline
    pipeline.run([Path("posts.csv")], Path("out"))

They do not stand here because the folders of the house have the same names: `groundswell.read` is where files are
read, `groundswell.pipeline.read` reads them.
"""
