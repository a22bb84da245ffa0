"""Names of states and their people, which no sentence of ours may contain: software never says who is behind a post.

Compared with case, so that «polish» and «turkey» stay ordinary words.
"""

from __future__ import annotations

# Members and observers of the United Nations by their short English names.
_STATES = """
Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh
|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi
|Cambodia|Cameroon|Canada|Cape Verde|Chad|Chile|China|Colombia|Comoros|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czechia
|Denmark|Djibouti|Dominica|Ecuador|Egypt|El Salvador|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon
|Gambia|Georgia|Germany|Ghana|Greece|Grenada|Guatemala|Guinea|Guyana|Haiti|Honduras|Hungary|Iceland|India|Indonesia
|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Korea|Kosovo|Kuwait
|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia
|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Micronesia|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique
|Myanmar|Namibia|Nauru|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Macedonia|Norway|Oman|Pakistan
|Palau|Palestine|Panama|Papua|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|San Marino
|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|Spain|Sri Lanka
|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tonga|Trinidad|Tunisia|Turkey
|Türkiye|Turkmenistan|Tuvalu|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States|Uruguay|Uzbekistan
|Vanuatu|Vatican|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe
"""

# What their people are called, where a reader might take it for a claim about who is behind an account.
_PEOPLE = """
American|Arab|Argentine|Belarusian|Brazilian|British|Chinese|Cuban|Egyptian|Emirati|English|French|German|Indian
|Indonesian|Iranian|Iraqi|Israeli|Italian|Japanese|Korean|Mexican|Pakistani|Persian|Polish|Qatari|Russian|Saudi
|Serbian|Spanish|Syrian|Turkish|Ukrainian|Venezuelan|Vietnamese
"""

STATES = tuple(name for name in (_STATES + "|" + _PEOPLE).replace("\n", "").split("|") if name)
