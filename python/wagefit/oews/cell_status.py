"""What became of a cell that a release may leave out."""

PUBLISHED, PARTLY, ESTIMATED, FROM_WIDER = "published", "partly_published", "estimated", "estimated_from_wider_area"
NO_OCCUPATION, NO_AREA = "no_occupation", "no_area"
MEANINGS = {
    PUBLISHED: "every figure is published",
    PARTLY: "the published figures are as they are, the others estimated given them",
    ESTIMATED: "from other occupations in the area and the occupation in other areas",
    FROM_WIDER: "little or nothing is published of the area: from the wider area and the areas in it",
    NO_OCCUPATION: "no row of the occupation is published, in other areas or in wider ones",
    NO_AREA: "nothing is published of the area, nor is it known to lie in one of which something is",
}
