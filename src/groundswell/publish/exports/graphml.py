"""The network of links as GraphML, for igraph, yEd and networkx: the same file that lies beside the report."""

from __future__ import annotations

from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.files import about_network, members_by_name
from groundswell.publish.graphs import graphml
from groundswell.publish.tables import edges


def network_graphml(material: Material) -> str:
    """The links beyond chance and those inside groups; what an edge is and is not stands in the description."""
    edition = material.edition
    return "\n".join(graphml(members_by_name(edition), edges(edition), about_network(edition))) + "\n"


EXPORT = Export(
    name="graphml",
    title="the network of links, for igraph and yEd",
    suffix=".graphml",
    write=text_file(network_graphml),
)
