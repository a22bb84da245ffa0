"""The network of links as GEXF 1.3, for Gephi: the same file that lies beside the report."""

from __future__ import annotations

from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.files import about_network, members_by_name
from groundswell.publish.graphs import gexf
from groundswell.publish.tables import edges


def network_gexf(material: Material) -> str:
    """The links beyond chance and those inside groups; what an edge is and is not stands in the description."""
    edition = material.edition
    return "\n".join(gexf(members_by_name(edition), edges(edition), about_network(edition))) + "\n"


EXPORT = Export(name="gexf", title="the network of links, for Gephi", suffix=".gexf", write=text_file(network_gexf))
