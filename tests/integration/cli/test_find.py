#!/usr/bin/python3
"""`accrue find`: the same name however it is written, at a viewpoint."""

import json
import unittest

from desk import Desk, accrue, ndjson, party


def contract(name, title, number, **more):
    return {"type": "contract.signed", "agg": name, "id": "signed-" + name, **more, "data": {
        "title": title, "contract_no": number, "type": "service", "ip_kind": "none",
        "field": "electronics", "sellers": [{"party": "tjut", "share_ppm": 1000000}],
        "buyers": [{"party": "E1", "share_ppm": 1000000}], "sign_date": "2025-01-10",
        "effective_rule": "immediate", "term_start": "2025-01-10", "currency": "CNY",
        "total_fen": 0, "total_basis": "fixed", "pay_mode": "free"}}


def technology(name, title, number):
    return {"type": "technology.published", "agg": name, "effective": "2024-01-01", "data": {
        "title": title, "ip_kind": "invention", "patent_no": number,
        "owners": [{"party": "tjut", "share_ppm": 1000000}]}}


def payment(name, reference, payer):
    return {"type": "payment.received", "agg": name, "id": "got-" + name, "data": {
        "amount_fen": 100, "currency": "CNY", "payee": "tjut", "value_date": "2025-03-01",
        "bank_ref": reference, "payer_text": payer}}


class Find(Desk):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        events = [
            party("tjut", effective="2024-01-01", data={
                "name": "天津理工大学", "kind": "university", "aliases": ["天理工", "TUT"]}),
            party("E1", effective="2024-01-01", data={
                "name": "臺灣華為（天津）技術有限公司", "kind": "ent_domestic"}),
            party("E2", effective="2024-01-01", data={
                "name": "Smith—Kline Ltd", "kind": "overseas_org", "country": "840"}),
            technology("mot", "多運動目標跟蹤方法", "ZL 2021 1 0123456.7"),
            technology("old", "一种阀门", "ZL98101234.5"),
            technology("pub", "公开文本", "CN113456789B"),
            technology("bare", "无校验位", "202210999999"),
            contract("北科转〔2024〕017号", "“多运动目标跟踪方法”许可", "BK［2024］017"),
            contract("K2", "咨询", "ＢＫ-2024-018"),
            contract("K3", "误录", "WRONG-1"),
            technology("whole", "泵", "ZL 2019 1 0123456.7"),
            contract("K4", "ZL201910123456.7实施许可", "BK-4"),
            {"type": "event.reversed", "agg": "K3", "data": {
                "event_id": "signed-K3", "reason": "typo"}},
            {"type": "party.updated", "agg": "E1", "effective": "2025-03-01", "id": "renamed",
             "data": {"changed": {"name": "津华智能有限公司"}}},
            {"type": "party.updated", "agg": "E1", "effective": "2025-03-02", "id": "renamed-2",
             "data": {"changed": {"name": "错误名称"}}},
            {"type": "event.reversed", "agg": "party/E2", "data": {
                "event_id": "renamed-2", "reason": "typo"}},
            {"type": "invoice.issued", "agg": "K2", "effective": "2025-03-01", "data": {
                "invoice_no": "25112000000012345678", "issuer": "tjut", "kind": "special",
                "amount_fen": 100}},
            payment("pay-1", "ICBC-0001", "天津某某（集團）公司"),
            payment("pay-2", "ICBC-0002", "误录"),
            {"type": "event.reversed", "agg": "payment/pay-2", "data": {
                "event_id": "got-pay-2", "reason": "typo"}}]
        cls().run_it("append", given=ndjson(*events))

    def find(self, text, *words):
        code, out, err = accrue("find", text, "--json", *words, url=self.url)
        self.assertIn(code, (0, 3), err)
        return [(row["what"], row["key"]) for row in json.loads(out)["rows"]]

    def test_scripts(self):
        for text in ("天津理工", "天津理工大學", "天理工"):
            self.assertEqual(self.find(text), [("party", "tjut")], text)
        for text in ("台湾华为", "臺灣華為", "华为(天津)", "華為〔天津〕", "华为［天津］技术"):
            self.assertEqual(self.find(text), [("party", "E1")], text)
        for text in ("跟踪方法", "跟蹤方法", "多运动目标"):
            self.assertEqual(self.find(text), [("contract", "北科转〔2024〕017号"),
                                               ("technology", "mot")], text)

    def test_widths_case_and_dashes(self):
        for text in ("smith-kline", "SMITH–KLINE", "ｓｍｉｔｈ－Ｋｌｉｎｅ　ltd", "Smith — Kline"):
            self.assertEqual(self.find(text), [("party", "E2")], text)
        self.assertEqual(self.find("tut"), [("party", "tjut")])

    def test_numbers_of_contracts(self):
        for text in ("北科转〔2024〕017号", "北科转[2024]017号", "北科转（2024）017",
                     "北科轉【2024】017", "bk(2024)017"):
            self.assertEqual(self.find(text), [("contract", "北科转〔2024〕017号")], text)
        self.assertEqual(self.find("bk-2024-018"), [("contract", "K2")])

    def test_numbers_of_patents(self):
        for text in ("ZL 2021 1 0123456.7", "ZL202110123456.7", "CN202110123456.7", "202110123456",
                     "2021101234567", "cn 202110123456", "ＺＬ２０２１１０１２３４５６．７"):
            self.assertEqual(self.find(text), [("technology", "mot")], text)
        for text in ("98101234", "CN98101234.5", "ZL98101234"):
            self.assertEqual(self.find(text), [("technology", "old")], text)
        for text in ("CN113456789B", "113456789", "cn113456789b"):
            self.assertEqual(self.find(text), [("technology", "pub")], text)
        for text in ("CN202210999999.X", "ZL202210999999", "202210999999.3"):
            self.assertEqual(self.find(text), [("technology", "bare")], text)
        self.assertEqual(self.find("ZL202110123457.7"), [])

    def test_what_a_bank_clerk_has_in_hand(self):
        for text in ("icbc-0001", "ＩＣＢＣ－０００１", "某某(集团)", "pay-1"):
            self.assertEqual(self.find(text), [("payment", "pay-1")], text)
        row = self.run_json("find", "ICBC-0001")["rows"][0]
        self.assertEqual((row["label"], row["field_name"]), ("天津某某（集團）公司", "bank_ref"))
        self.assertEqual(self.find("ICBC-0002"), [], "it was reversed")
        self.assertEqual(self.find("25112000000012345678"), [("contract", "K2")])
        self.assertIn("到账", self.run_it("find", "ICBC-0001", lang="zh"))

    def test_viewpoint(self):
        self.assertEqual(self.find("WRONG-1"), [], "a reversed event names nothing")
        self.assertEqual(self.find("错误名称"), [])
        self.assertEqual(self.find("津华智能"), [("party", "E1")])
        self.assertEqual(self.find("津华智能", "--as-of", "2025-02-28"), [])
        before = self.run_json("get", "renamed")["seq"] - 1
        self.assertEqual(self.find("津华智能", "--known-at", str(before)), [])
        wrong = self.run_json("get", "signed-K3")["seq"]
        self.assertEqual(self.find("WRONG-1", "--known-at", str(wrong)), [("contract", "K3")])
        row = self.run_json("find", "華為")["rows"][0]
        self.assertEqual((row["label"], row["field_name"], row["found"]),
                         ("津华智能有限公司", "name", "臺灣華為（天津）技術有限公司"))
        row = self.run_json("find", "華為", "--as-of", "2025-01-01")["rows"][0]
        self.assertEqual(row["label"], "臺灣華為（天津）技術有限公司")

    def test_what_is_whole_comes_first(self):
        self.assertEqual(self.find("e1")[0], ("party", "E1"))
        self.assertEqual(self.find("ZL201910123456"),
                         [("technology", "whole"), ("contract", "K4")], "but for its check digit")
        answer = self.run_json("find", "20", "-n", "1")
        self.assertEqual(len(answer["rows"]), 1)
        self.assertGreater(answer["found"], 1)

    def test_usage(self):
        self.run_it("find", "nowhere to be found", code=3)
        for text in ("", "  ", "“”"):
            self.run_it("find", text, code=2)
        self.run_it("find", "x", "-n", "0", code=2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
