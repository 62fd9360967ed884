"""README.md of a bundle: what each file is, and how to check it with and without this software."""

README = """# 民评成果包 · Minping bundle (bundle/v1)

| 文件 file | 内容 | what it is |
|---|---|---|
| report.html, report.docx | 报告 | the report |
| tables.xlsx | 工作簿：位次、得分、指标值、方法 | workbook for people |
| ranks.csv | 位次、区间、组与建议等次 | ranks with intervals, tiers, proposed grades |
| scores.csv | 各单位各节点得分、有效权重与贡献 | points, effective weights, contributions |
| values.csv | 指标值，以及出自证据的哪个文件哪一行 | values, and the file and row each came from |
| 其他 other *.csv, parquet/ | 见 datapackage.json | described in datapackage.json |
| scheme.yaml | 考核方案原文 | the scheme, its very text |
| evidence/ | 所用证据（如公布） | the evidence, where published |
| manifest.json, signature.json | 清单与签名 | hashes of every file, and the signature |

CSV 中以等号、加减号或 @ 开头的文字前加了撇号，以免被电子表格当作公式；数字原样。
In the CSV files a text that a spreadsheet would take for a formula has an apostrophe before it; numbers are untouched.

## 查验 How to verify

    minping verify .              # 每个文件与签名 every file and the signature
    minping verify . --rerun      # 并重新计算 and compute everything again

不用本软件 Without this software:

    jq -r .public_key signature.json > key.pem && jq -r .signature signature.json | base64 -d > manifest.sig
    openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile manifest.sig
    jq -r '.files[] | "\\(.sha256)  \\(.path)"' manifest.json | sha256sum -c

签名只说明成果包出自持有该密钥者且未被改动；请另从发布单位核对公钥。
A signature tells who holds the key, no more: compare the key with one that the publisher gave you elsewhere.
"""
